import Glibc

/// What benchmarks ask of the stages: predictions to be scored, and speed in memory. `make bench-…` calls it.
private let usage = """
  Bench sentences             reads JSON lines with id and text, writes them with sentences and words in code points
  Bench speed FILE…           prints the MB/s of the files' text as one line of JSON
  Bench entities FILE…        writes each annotated text's id with entities, found in the bare text, in code points
  Bench entity-speed FILE…    prints the seconds of one pass over the texts as one line of JSON
  Bench entity-load FILE…     prints what `entities` takes to load, and its memory, as one line of JSON
  Bench pages FOLDER          writes each page's id with the text that `clean` finds, FOLDER holding pages as *.gz
  Bench page-speed FOLDER     prints the seconds of `clean` and of libxml2 over the pages as one line of JSON
  Bench page-memory FOLDER…   prints the most memory of one worker of `clean` over 10,000 pages as one line of JSON
  Bench train-pages FOLDER MODEL  learns the model of `clean` from the page sets in FOLDER and writes it
  Bench unseen-pages FOLDER   writes each page's set, id and text that `clean` finds with a model of the other pages
  Bench link-speed FILE…      prints MB/s, links and memory of reading feeds and sitemaps as one line of JSON
  Those of entities take options of the stage as `pipeline evaluate entities` does: --set OPTION=VALUE.
  """

private let arguments = Array(CommandLine.arguments.dropFirst())
do {
  switch arguments.first {
  case "sentences" where arguments.count == 1: try predictSentences()
  case "speed" where arguments.count > 1: try measureSentences(files: Array(arguments.dropFirst()))
  case "entities" where arguments.count > 1: try predictEntities(EntityStage(Array(arguments.dropFirst())))
  case "entity-speed" where arguments.count > 1: try measureEntities(EntityStage(Array(arguments.dropFirst())))
  case "entity-load" where arguments.count > 1: try measureEntityLoad(EntityStage(Array(arguments.dropFirst())))
  case "pages" where arguments.count == 2: try predictPages(folder: arguments[1])
  case "page-speed" where arguments.count == 2: try measurePages(folder: arguments[1])
  case "page-memory" where arguments.count > 1: try measurePageMemory(folders: Array(arguments.dropFirst()))
  case "train-pages" where arguments.count == 3: try trainPages(folder: arguments[1], model: arguments[2])
  case "unseen-pages" where arguments.count == 2: try predictUnseenPages(folder: arguments[1])
  case "link-speed" where arguments.count > 1: try measureLinks(files: Array(arguments.dropFirst()))
  default: throw BenchProblem("usage:\n\(usage)")
  }
} catch {
  let message = "Bench: \(error)\n"
  write(STDERR_FILENO, message, message.utf8.count)
  exit(1)
}
