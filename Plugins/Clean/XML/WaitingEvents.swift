/// What has to wait for the end of a paragraph: a recording of what the builder is to do then.
struct WaitingEvents {
  enum Event {
    case push(Tag, Signals)
    case pop
    case lineBreak
    /// Ranges of the recorded bytes and of the input.
    case text(Range<Int>, at: Range<Int>)
  }
  private var events: [Event] = []
  private var bytes: [UInt8] = []

  mutating func append(_ event: Event) { events.append(event) }
  mutating func append(_ text: UnsafeBufferPointer<UInt8>, at place: Range<Int>) {
    events.append(.text(bytes.count..<bytes.count + text.count, at: place))
    bytes.append(contentsOf: text)
  }

  mutating func replay(to builder: inout PageBuilder) {
    guard !events.isEmpty else { return }
    bytes.withUnsafeBufferPointer { recorded in
      for event in events {
        switch event {
        case .push(let tag, let signals): builder.push(tag, Attributes(), adding: signals)
        case .pop: builder.pop()
        case .lineBreak: builder.empty(.br, Attributes())
        case .text(let range, let place):
          builder.text(UnsafeBufferPointer(rebasing: recorded[range]), at: place.lowerBound, length: place.count)
        }
      }
    }
    events.removeAll(keepingCapacity: true)
    bytes.removeAll(keepingCapacity: true)
  }
}
