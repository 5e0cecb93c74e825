/// `1234567` as `1,234,567`.
func grouped(_ number: Int) -> String {
  var result = ""
  for (index, digit) in String(abs(number)).reversed().enumerated() {
    if index > 0, index % 3 == 0 { result.append(",") }
    result.append(digit)
  }
  return (number < 0 ? "-" : "") + String(result.reversed())
}

/// With a fixed number of digits behind the point.
func decimal(_ number: Double, _ digits: Int) -> String {
  var factor = 1.0
  for _ in 0..<digits { factor *= 10 }
  guard number.isFinite, abs(number) < 1e15 else { return "\(number)" }
  let scaled = Int((abs(number) * factor).rounded())
  let text = String(scaled).zeroPadded(to: digits + 1)
  let whole = text.dropLast(digits)
  return (number < 0 ? "-" : "") + whole + (digits > 0 ? "." + text.suffix(digits) : "")
}

func megabytes(_ bytes: Int) -> String {
  bytes < 1000
    ? "\(bytes) B" : bytes < 1_000_000 ? "\(bytes / 1000) kB" : "\(decimal(Double(bytes) / 1e6, 1)) MB"
}

/// Seconds as `0:32` or `1:02:03`.
func clock(_ seconds: Double) -> String {
  let total = Int(min(seconds, 1e9).rounded(.up))
  let (hours, minutes, rest) = (total / 3600, total / 60 % 60, total % 60)
  let tail = String(rest).zeroPadded(to: 2)
  return hours > 0 ? "\(hours):\(String(minutes).zeroPadded(to: 2)):\(tail)" : "\(minutes):\(tail)"
}

extension String {
  func zeroPadded(to width: Int) -> String { String(repeating: "0", count: max(0, width - count)) + self }
}

/// `1 document`, `2 documents`.
func counted(_ number: Int, _ noun: String) -> String { "\(grouped(number)) \(noun)\(number == 1 ? "" : "s")" }
