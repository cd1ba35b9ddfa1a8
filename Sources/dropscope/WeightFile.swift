import DropoutEngine
import ExperimentFiles

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// Files of weights: reading, and writing so that a file that was there is never half overwritten.
enum WeightFile {
  /// The parameters of the learners in a safetensors file.
  static func read(_ path: String) throws(CommandFailure) -> [NetworkParameters] {
    try readFile(path).learners
  }

  /// The parameters of the learners in a safetensors file, and what it says of itself.
  static func readFile(_ path: String) throws(CommandFailure) -> (
    learners: [NetworkParameters], metadata: [String: String]
  ) {
    let bytes = try contents(of: path)
    do {
      let file = try Safetensors(bytes: bytes)
      return (try file.learners(), file.metadata)
    } catch {
      throw .badData("\(path): \(error.description)")
    }
  }

  private static func contents(of path: String) throws(CommandFailure) -> [UInt8] {
    var status = stat()
    guard stat(path, &status) == 0 else {
      throw .noInput(
        "\(path): \(String(cString: strerror(errno))); --weights takes a safetensors file")
    }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw .noInput("\(path): not a file; --weights takes a safetensors file")
    }
    do {
      return [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
    } catch {
      throw .noInput("\(path): cannot be read; --weights takes a safetensors file")
    }
  }

  /// The bytes of a safetensors file with what the weights are.
  static func bytes(
    of learners: [NetworkParameters], configuration: ExperimentConfiguration, folded: Bool
  ) -> [UInt8] {
    let keep = configuration.hidden.indices.map { "\(configuration.keepProbability(hidden: $0))" }
    var metadata = [
      "program": "dropscope \(Dropscope.version)", "variant": configuration.variantName,
      "scaling": configuration.dropout.scaling.rawValue, "keep": keep.joined(separator: ","),
      "keep-input": "\(configuration.inputKeepProbability)",
      "activation": configuration.hidden.indices.map { configuration.activation[$0].rawValue }
        .joined(separator: ","),
      "test-factors": folded ? "folded into the weights" : "not folded",
    ]
    if configuration.variant.hasSeveralLearners {
      metadata["learners"] = "\(configuration.learners)"
      metadata["outputs"] = "the mean over the learners"
    }
    if configuration.variant.learners == .subsets {
      metadata["subspace"] = "\(configuration.subspace)"
      metadata["mask-seed"] = "\(configuration.maskSeed)"
    }
    return Safetensors(learners: learners, metadata: metadata).bytes
  }

  /// Fails early where a file could not be written after the training.
  static func checkDestination(_ path: String) throws(CommandFailure) {
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
    guard isFolder(folder) == true else {
      throw .cannotCreate("\(path): there is no folder \(folder)")
    }
    if let isFolder = isFolder(path) {
      guard !isFolder else { throw .cannotCreate("\(path): is a folder, not a file") }
      guard access(path, W_OK) == 0 else {
        throw .cannotCreate("\(path): \(String(cString: strerror(errno)))")
      }
    } else if access(folder, W_OK) != 0 {
      throw .cannotCreate("\(path): \(folder): \(String(cString: strerror(errno)))")
    }
  }

  /// Whether there is a folder at a path; nil where there is nothing.
  private static func isFolder(_ path: String) -> Bool? {
    var status = stat()
    return stat(path, &status) == 0 ? status.st_mode & S_IFMT == S_IFDIR : nil
  }

  /// Writes weights to a file beside it first, which then takes the name; devices are written to as they are.
  static func write(
    _ learners: [NetworkParameters], of configuration: ExperimentConfiguration, to path: String,
    folded: Bool
  ) throws(CommandFailure) {
    let data = Data(bytes(of: learners, configuration: configuration, folded: folded))
    var status = stat()
    let isDevice = stat(path, &status) == 0 && status.st_mode & S_IFMT != S_IFREG
    do {
      try data.write(to: URL(fileURLWithPath: path), options: isDevice ? [] : .atomic)
    } catch {
      throw .inputOutput("\(path): cannot be written: \(error.fileFailure)")
    }
  }
}
