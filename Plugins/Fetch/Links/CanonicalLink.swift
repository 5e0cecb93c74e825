/// The address that a page gives as its own: `<link rel=canonical href>` in its head, as written.
///
/// Looks at 64 kB at most, up to `</head>` or `<body>`: heads are hardly ever longer, and a link in the body, where
/// anybody's comment stands, is not to be believed.
/// - Parameter bytes: a page in an encoding that holds ASCII.
package func canonicalLink(of bytes: UnsafeRawBufferPointer) -> String? {
  let beginning = UnsafeRawBufferPointer(rebasing: bytes.prefix(65_536)).bindMemory(to: UInt8.self)
  var scan = HTMLTagScan()
  var address: String?
  scan.add(beginning) { tag in
    if tag.isNamed("body") || tag.isEnd && tag.isNamed("head") { return false }
    guard !tag.isEnd, tag.isNamed("link"), tag.value("rel")?.hasWord("canonical") == true,
      let value = tag.value("href"), !value.isEmpty
    else { return true }
    address = resolvingReferences(value)
    return false
  }
  return address
}
