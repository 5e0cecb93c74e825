/// What can be wrong with a pipeline file. The codes are stable: scripts and search engines know them.
public enum ProblemCode: String, CaseIterable, Sendable {
  /// The file can't be read.
  case unreadable = "P001"
  /// Not YAML.
  case syntax = "P002"
  /// A key that stands twice in one map.
  case duplicateKey = "P003"
  /// A map where a list is wanted, or the like.
  case shape = "P004"
  /// A key that pipeline files don't have.
  case unknownKey = "P005"
  /// No `stages`, or none in it.
  case noStages = "P006"
  /// `${name}` without such a param.
  case unknownParam = "P007"
  /// `${env:NAME}` that is not set.
  case unsetVariable = "P008"
  /// A `--set` or flag that fits nothing.
  case override = "P009"
  /// Aliases or nesting that stand for too much.
  case tooLarge = "P010"
  /// An option that the stage does not have.
  case unknownOption = "P011"
  /// A required option that is not there.
  case missingOption = "P012"
  /// A value of the wrong type, or outside its limits.
  case wrongValue = "P013"
  /// A stage that does not exist.
  case unknownStage = "P014"
  /// A source that is not first, or an export that is not last.
  case order = "P015"
  /// A layer that no earlier stage gives.
  case missingLayer = "P016"
  /// Two exports to one place.
  case samePath = "P017"
  /// An incremental source with an export that replaces.
  case replacing = "P018"
}
