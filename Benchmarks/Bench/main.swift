import Glibc

/// What benchmarks ask of the stages: predictions to be scored, and speed in memory. `make bench-…` calls it.
private let usage = """
  Bench sentences     reads JSON lines with id and text, writes them with sentences and words in code points
  Bench speed FILE…   prints the MB/s of the files' text as one line of JSON
  """

private let arguments = Array(CommandLine.arguments.dropFirst())
do {
  switch arguments.first {
  case "sentences" where arguments.count == 1: try predictSentences()
  case "speed" where arguments.count > 1: try measureSentences(files: Array(arguments.dropFirst()))
  default: throw BenchProblem("usage:\n\(usage)")
  }
} catch {
  let message = "Bench: \(error)\n"
  write(STDERR_FILENO, message, message.utf8.count)
  exit(1)
}
