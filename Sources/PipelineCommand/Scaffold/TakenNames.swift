/// Names that a new stage's type can't have, since its code could no longer say what it means.
enum TakenNames {
  /// Types of the kit, which a stage imports.
  static let kit: Set<String> = [
    "Actor", "ActorKind", "Annotation", "Annotator", "AnnotatorWorker", "Block", "ByteCount", "Citation",
    "CompilableStage", "CompiledLists", "Configurable", "DateMention", "Diagnostic", "Document", "Entity", "EntityType",
    "ExpectedInput", "Field",
    "FieldCollector", "FieldProblem", "FieldReader", "FieldType", "FieldValue", "FieldVisitor", "FilePath",
    "GoldSpan", "LayerName", "MediaType", "Metadata", "MetadataKey", "ModelIdentity", "NamedAnnotation", "NamedValue",
    "Node", "Option", "OptionProblem", "OptionSchema", "OptionValue", "Origin", "OutputClosed", "Provenance", "Quote",
    "RawContent", "RawDocument", "ReadableAnnotation", "Sentence", "Sink", "SinkWriter", "Source", "SourcePosition",
    "SourceReader", "SpanScore", "Stage", "StageContext", "StageName", "Stance", "StandardLayers", "TextSpan",
    "TextWrittenTwice", "TimeLimitExceeded", "TimeSpan", "Token", "TokenShape", "TrainableStage", "TrainingExample",
    "TrainingRound", "TrainingSettings", "UnreadableDocument", "WriteMode",
  ]
  /// Names of the language and of its library that a stage's code is likely to use.
  static let swift: Set<String> = [
    "Any", "Array", "Bool", "Character", "Comparable", "Data", "Dictionary", "Double", "Error", "Float", "Hashable",
    "Int", "Main", "Never", "Optional", "Protocol", "Range", "Result", "Self", "Sendable", "Sequence", "Set",
    "Span", "String", "Substring", "Task", "Test", "Type", "Void",
  ]
}
