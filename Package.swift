// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [.treatAllWarnings(as: .error), .enableUpcomingFeature("InternalImportsByDefault")]

/// A C library from Debian, with a shim of its headers in `Sources/<name>`.
func system(_ name: String, _ pkgConfig: String, _ package: String) -> Target {
  .systemLibrary(name: name, pkgConfig: pkgConfig, providers: [.apt([package])])
}

/// A library in `Sources/<name>`.
func library(_ name: String, _ dependencies: Target.Dependency...) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

/// A stage is a target in `Plugins/`; the module is named after the folder, with `Stage` behind it,
/// because a module and a type of one name can't both be referred to.
func stage(_ folder: String, _ more: Target.Dependency..., resources: [Resource] = [], exclude: [String] = []) -> Target
{
  .target(
    name: folder + "Stage", dependencies: ["PipelineKit"] + more, path: "Plugins/" + folder,
    exclude: ["README.md"] + exclude, resources: resources, swiftSettings: strict)
}

/// The data files of a stage, compiled in by `#embed`: a C target in `Plugins/<folder>/Data`, module
/// `<folder>Data`, that hands over the bytes of each.
func data(_ folder: String, _ files: String...) -> Target {
  .target(name: folder + "Data", dependencies: ["CEmbed"], path: "Plugins/\(folder)/Data", exclude: files)
}

/// Tests in `Tests/<name>Tests`, with the test support that stage authors use too.
func tests(_ name: String, _ dependencies: Target.Dependency..., data: Bool = false) -> Target {
  .testTarget(
    name: name + "Tests", dependencies: [.target(name: "PipelineKit"), "PipelineTesting"] + dependencies,
    resources: data ? [.copy("Data")] : [], swiftSettings: strict)
}

let systemLibraries = [
  system("CArchive", "libarchive", "libarchive-dev"),
  system("CBrotli", "libbrotlidec", "libbrotli-dev"),
  system("CCrypto", "libcrypto", "libssl-dev"),
  system("CCurl", "libcurl", "libcurl4-openssl-dev"),
  system("CSQLite", "sqlite3", "libsqlite3-dev"),
  system("CUchardet", "uchardet", "libuchardet-dev"),
  system("CXML", "libxml-2.0", "libxml2-dev"),
  system("CYAJL", "yajl", "libyajl-dev"),
  system("CYAML", "yaml-0.1", "libyaml-dev"),
  system("CZlib", "zlib", "zlib1g-dev"),
  system("CZstd", "libzstd", "libzstd-dev"),
]

let libraries = [
  library("PipelineKit"),
  library("PipelineTesting", "PipelineKit"),
  library("AnnotatedData", "PipelineKit", "DocumentRecord", "JSON", "CZlib", "CZstd"),
  library("ArticleHead"),
  library("CalendarDates"),
  // The C++ of it is hidden; libcld2 has no entry for pkg-config, so it is no system library here.
  .target(name: "CCLD2", linkerSettings: [.linkedLibrary("cld2")]),
  library("LanguageDetection", "CCLD2"),
  library("Learning"),
  library("TextScanning"),
  .target(name: "CEmbed"),
  library("TextDecoding", "CUchardet"),
  library("JSON", "CYAJL"),
  library("DocumentRecord", "PipelineKit", "JSON"),
  .target(name: "CSpawn"),
  library("FileOutput", "PipelineKit"),
  library("PipelineFile", "PipelineKit", "JSON", "CYAML"),
  library("SQLite", "CSQLite", "FileOutput"),
  library("Threads"),
  library("WARC", "CBrotli", "CCrypto", "CZlib", "CZstd"),
  library("PipelineRunner", "PipelineKit", "PipelineFile", "FileOutput", "JSON", "Threads", "CCrypto", "CCrash"),
  library(
    "PipelineCommand", "AnnotatedData", "PipelineKit", "PipelineFile", "PipelineRunner", "CCrash", "DocumentRecord",
    "FileOutput", "JSON", "ExternalStage"),
  .target(name: "CCrash"),
]

let stageData = [
  data("Citations", "README.md", "curated.tsv", "places.txt", "renames.tsv", "sources.tsv"),
  data("Sentences", "en", "ru"),
  data("Stance", "predicates.tsv", "words.tsv"),
]

/// Every stage that comes with the command.
let stages = [
  stage("Citations", "CalendarDates", "TextScanning", "CitationsData", exclude: ["Data"]),
  stage(
    "Clean", "ArticleHead", "CXML", "JSON", "LanguageDetection", "Learning", "TextDecoding",
    resources: [.copy("Model/clean.model")], exclude: ["Model/README.md", "Model/cross-validation.json"]),
  stage(
    "Entities", "AnnotatedData", "CalendarDates", "Learning", "TextScanning",
    resources: [.copy("Model/entities-en.model"), .copy("Model/entities.gazetteer")],
    exclude: ["Data", "Model/README.md"]),
  stage("ExportCSV", "DocumentRecord", "FileOutput", "JSON"),
  stage("ExportJSONL", "DocumentRecord", "FileOutput", "JSON"),
  stage("ExportSQLite", "DocumentRecord", "FileOutput", "JSON", "SQLite"),
  stage(
    "External", "CSpawn", "DocumentRecord", "JSON", resources: [.embedInCode("Python/pipeline_stage.py")],
    exclude: ["PROTOCOL.md"]),
  stage("Fetch", "CCurl", "CCrypto", "CXML", "CZlib", "FileOutput", "JSON", "SQLite", "Threads", "WARC"),
  stage("Read", "ArticleHead", "TextDecoding", "JSON", "CArchive", "CXML", "CZlib", "CZstd", "WARC"),
  stage("Select", "CalendarDates"),
  stage(
    "Sentences", "Learning", "TextScanning", "SentencesData", resources: [.copy("Model/sentences-en.model")],
    exclude: ["Data", "Model/README.md"]),
  stage("Stance", "StanceData", exclude: ["Data"]),
]

let command: [Target] = [
  .target(
    name: "BuiltinStages", dependencies: ["PipelineKit"] + stages.map { .byName(name: $0.name) }, swiftSettings: strict),
  .executableTarget(name: "pipeline", dependencies: ["BuiltinStages", "PipelineCommand"], swiftSettings: strict),
]

let testTargets = [
  tests("AnnotatedData", "AnnotatedData", "CZlib", "CZstd"),
  tests("ArticleHead", "ArticleHead", data: true),
  tests("CalendarDates", "CalendarDates"),
  tests("CitationsStage", "CitationsStage", "SentencesStage", data: true),
  tests("CleanStage", "CleanStage", "Learning", "ReadStage", data: true),
  tests("DocumentRecord", "DocumentRecord", "JSON", "Learning"),
  tests("EntitiesStage", "EntitiesStage", "Learning", "SentencesStage", data: true),
  tests("ExportCSVStage", "ExportCSVStage", "DocumentRecord", "FileOutput"),
  tests("ExportJSONLStage", "ExportJSONLStage", "DocumentRecord", "FileOutput", "JSON"),
  tests("ExportSQLiteStage", "ExportSQLiteStage", "CSQLite", "DocumentRecord", "FileOutput", data: true),
  tests("ExternalStage", "ExternalStage", "DocumentRecord", "JSON"),
  tests("FetchStage", "CZlib", "FetchStage", "Learning", "SQLite", "WARC", data: true),
  tests("FileOutput", "FileOutput"),
  tests("JSON", "JSON"),
  tests("LanguageDetection", "LanguageDetection", data: true),
  tests("Learning", "Learning"),
  tests("PipelineCommand", "pipeline", "LearningCommand", data: true),
  // Our command with a small stage that learns, for the tests of `train`.
  .executableTarget(
    name: "LearningCommand", dependencies: ["BuiltinStages", "Learning", "PipelineCommand"],
    path: "Tests/LearningCommand",
    swiftSettings: strict),
  tests("PipelineFile", "PipelineFile", data: true),
  tests("PipelineKit"),
  tests("PipelineRunner", "PipelineFile", "PipelineRunner"),
  tests("ReadStage", "ReadStage", "CArchive"),
  tests("SelectStage", "CalendarDates", "SelectStage"),
  tests("SentencesStage", "Learning", "SentencesStage", data: true),
  tests("StanceStage", "StanceStage", "SentencesStage", "DocumentRecord", "JSON", data: true),
  tests("TextDecoding", "TextDecoding", data: true),
  tests("TextScanning", "TextScanning"),
  tests("WARC", "Learning", "WARC"),
]

/// Our side of the benchmarks; part of no product.
let bench = Target.executableTarget(
  name: "Bench",
  dependencies: [
    "AnnotatedData", "BuiltinStages", "CleanStage", "CXML", "DocumentRecord", "FetchStage", "JSON", "PipelineFile",
    "PipelineKit", "PipelineTesting", "SentencesStage",
  ],
  path: "Benchmarks/Bench", swiftSettings: strict)

/// Only `make fuzz` builds this: its main function comes with the fuzzer.
let fuzzTargets: [Target] =
  Context.environment["PIPELINE_FUZZ"] == nil
  ? []
  : [
    .executableTarget(
      name: "Fuzz", dependencies: ["BuiltinStages", "PipelineRunner", "PipelineTesting", "SentencesStage"],
      path: "Tests/Fuzz",
      swiftSettings: strict + [.unsafeFlags(["-parse-as-library"])]),
    .executableTarget(
      name: "FuzzClean", dependencies: ["CleanStage", "PipelineTesting"], path: "Tests/FuzzClean",
      swiftSettings: strict + [.unsafeFlags(["-parse-as-library"])]),
  ]

let package = Package(
  name: "pipeline",
  products: [
    .executable(name: "pipeline", targets: ["pipeline"]),
    .library(name: "PipelineKit", targets: ["PipelineKit", "PipelineTesting"]),
    .library(name: "PipelineCommand", targets: ["PipelineCommand", "BuiltinStages"]),
  ],
  targets: systemLibraries + libraries + stageData + stages + command + testTargets + fuzzTargets + [bench],
  swiftLanguageModes: [.v6])
