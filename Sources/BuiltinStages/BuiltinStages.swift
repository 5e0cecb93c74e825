import CitationsStage
import CleanStage
import EntitiesStage
import ExportCSVStage
import ExportJSONLStage
import ExportSQLiteStage
import ExternalStage
import FetchStage
public import PipelineKit
import ReadStage
import SelectStage
import SentencesStage
import StanceStage

/// Every stage that comes with the command, in the order in which `pipeline stages` lists them.
public let builtinStages: [any Stage.Type] = [
  Read.self,
  Fetch.self,
  Clean.self,
  Select.self,
  Sentences.self,
  Entities.self,
  Citations.self,
  Stances.self,
  External.self,
  ExportJSONL.self,
  ExportCSV.self,
  ExportSQLite.self,
]
