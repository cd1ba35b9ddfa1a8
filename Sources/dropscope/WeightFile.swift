import CLibrary
import DropoutEngine
import ExperimentFiles
import Sessions

/// Files of weights: reading and writing their bytes.
enum WeightFile {
  /// The contents of a safetensors file.
  struct Contents {
    /// The parameters of the learners.
    var learners: [NetworkParameters]
    /// The metadata of the file.
    var metadata: [String: String]
    /// Remarks on how it was read, a sentence each.
    var notes: [String]
  }

  /// The parameters of the learners in a safetensors file.
  ///
  /// `layers` names the layers in order, where the person gave it; `fit` is the network that they
  /// are for, as far as it is known.
  static func read(
    _ path: String, layers: String?, fitting fit: LayerFit = LayerFit()
  ) throws(CommandFailure) -> Contents {
    let bytes = try contents(of: path)
    do {
      let file = try Safetensors(bytes: bytes)
      let (learners, notes) = try file.readLearners(
        layers: layers.map(ParameterText.list), fitting: fit)
      return Contents(learners: learners, metadata: file.metadata, notes: notes)
    } catch {
      throw .badData("\(ForeignText.path(path)): \(error.description)")
    }
  }

  /// The largest number of bytes to read: more than the largest network has.
  private static let largest = 4 << 30

  /// All bytes of a file; its header is checked before the rest is read.
  private static func contents(of path: String) throws(CommandFailure) -> [UInt8] {
    let shown = ForeignText.path(path)
    let descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw .noInput("\(shown): \(SystemFailure(code: errno)); --weights takes a safetensors file")
    }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      throw .noInput("\(shown): not a file; --weights takes a safetensors file")
    }
    let size = Int(status.st_size)
    let file = FileDescriptor(number: descriptor)
    do {
      let start = try file.readToEnd(most: OtherFormat.startLength)
      if let format = OtherFormat(start) { throw SafetensorsError.otherFormat(format) }
      let header =
        start
        + (try file.readToEnd(
          most: max(0, Safetensors.headerSize(start, size: size) - start.count)))
      try Safetensors.checkHeader(header, size: size)
      guard size <= largest else {
        throw CommandFailure.badData(
          "\(shown): there is more than \(largest >> 20) MiB; no network has as many weights")
      }
      try UsableMemory.checkFile(path, bytes: size)
      return header + (try file.readToEnd())
    } catch let failure as CommandFailure {
      throw failure
    } catch let error as SafetensorsError {
      throw .badData("\(shown): \(error.description)")
    } catch {
      throw .noInput("\(shown): cannot be read: \(error); --weights takes a safetensors file")
    }
  }

  /// The bytes of a safetensors file with weights and their metadata.
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
      // Whoever uses the weights has to scale the inputs as training did.
      "normalize": configuration.normalization.rawValue,
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
}
