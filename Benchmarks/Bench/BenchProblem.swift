/// What a benchmark can't go on with, in words that say what to do.
struct BenchProblem: Error, CustomStringConvertible {
  let description: String
  init(_ description: String) { self.description = description }
}
