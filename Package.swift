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

/// Tests in `Tests/<name>Tests`, with the test support that stage authors use too.
func tests(_ name: String, _ dependencies: Target.Dependency..., data: Bool = false) -> Target {
  .testTarget(
    name: name + "Tests", dependencies: [.target(name: "PipelineKit"), "PipelineTesting"] + dependencies,
    resources: data ? [.copy("Data")] : [], swiftSettings: strict)
}

let systemLibraries = [
  system("CArchive", "libarchive", "libarchive-dev"),
  system("CCrypto", "libcrypto", "libssl-dev"),
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
  library("JSON", "CYAJL"),
  library("DocumentRecord", "PipelineKit", "JSON"),
  .target(name: "CSpawn"),
  library("FileOutput", "PipelineKit"),
  library("PipelineFile", "PipelineKit", "JSON", "CYAML"),
]

let stages = [
  stage("ExportJSONL", "DocumentRecord", "FileOutput", "JSON"),
  stage(
    "External", "CSpawn", "DocumentRecord", "JSON", resources: [.embedInCode("Python/pipeline_stage.py")],
    exclude: ["PROTOCOL.md"]),
]

let testTargets = [
  tests("PipelineKit"),
  tests("JSON", "JSON"),
  tests("DocumentRecord", "DocumentRecord", "JSON"),
  tests("ExternalStage", "ExternalStage", "DocumentRecord", "JSON"),
  tests("FileOutput", "FileOutput"),
  tests("ExportJSONLStage", "ExportJSONLStage", "DocumentRecord", "FileOutput", "JSON"),
  tests("PipelineFile", "PipelineFile", data: true),
]

let package = Package(
  name: "pipeline",
  products: [
    .library(name: "PipelineKit", targets: ["PipelineKit", "PipelineTesting"])
  ],
  targets: systemLibraries + libraries + stages + testTargets,
  swiftLanguageModes: [.v6])
