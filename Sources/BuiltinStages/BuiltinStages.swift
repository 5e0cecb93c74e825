import CleanStage
import ExportJSONLStage
public import PipelineKit
import SentencesStage

/// Every stage that comes with the command, in the order in which `pipeline stages` lists them.
public let builtinStages: [any Stage.Type] = [
  Clean.self,
  Sentences.self,
  ExportJSONL.self,
]
