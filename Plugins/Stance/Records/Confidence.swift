/// How sure a record is, by the kind of evidence: estimates, to be replaced by measured shares once there is
/// a larger gold set. They order records and let a user cut below a threshold.
enum Confidence {
  static let passive = 0.8
  /// `X's criticism of Y`
  static let nominal = 0.7
  /// `X voiced support for Y`
  static let light = 0.75
  /// `X said that Y was unacceptable`
  static let evaluation = 0.65
  /// `X said that Y must …`
  static let demand = 0.75
  static let author = 0.55
  /// Factor of a hedged record.
  static let hedged = 0.9

  static func of(_ directness: Directness) -> Double {
    switch directness {
    case .beside: 0.85
    case .insertion: 0.75
    case .relative: 0.75
    case .coordinated: 0.7
    case .pronoun: 0.6
    }
  }
}
