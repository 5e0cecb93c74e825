/// The version of the command and of its records' provenance.
public let pipelineVersion = "0.1.0"
