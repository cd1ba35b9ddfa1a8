/// A file of weights in another format than safetensors.
public enum OtherFormat: Equatable, Sendable {
  /// The output of `torch.save`: a zip archive, or a pickle as older versions wrote it.
  case torch
  /// HDF5, as Keras writes it.
  case hdf5
  /// The archive of a Keras model.
  case keras
  /// Several arrays of NumPy.
  case numpyArchive
  /// Anything that gzip compressed.
  case gzip
  /// A model of ONNX.
  case onnx
  /// A model of llama.cpp.
  case gguf
  /// A web page, as a link to a file often gives.
  case webPage
  /// JSON, such as the index of a model in several files.
  case json
  /// An array of NumPy.
  case numpy
  /// The text that stands for a file that git-lfs did not fetch.
  case largeFilePointer

  /// The number of first bytes that tell the format.
  public static let startLength = 64

  /// The format whose first bytes these are; nil for any other.
  public init?(_ bytes: some Collection<UInt8>) {
    let whole = Array(bytes.prefix(OtherFormat.startLength))
    let start = Array(whole.prefix(8))
    // The length of a header of at most 4 GB has zeros in the second half of eight bytes.
    let isNoLength = start.count == 8 && start[4...].contains { $0 != 0 }
    if start.starts(with: [0x50, 0x4B, 0x03, 0x04]) {
      let name = OtherFormat.firstEntry(whole)
      self =
        name.hasSuffix(".npy")
        ? .numpyArchive
        : ["metadata.json", "config.json", "model.weights.h5"].contains(name) ? .keras : .torch
    } else if start.starts(with: [0x1F, 0x8B, 0x08]), isNoLength || whole.dropFirst(8).first != 0x7B
    {
      guard whole.count > 8 || isNoLength else { return nil }
      self = .gzip
    } else if start.starts(with: "GGUF".utf8), whole.dropFirst(8).first != 0x7B || isNoLength {
      guard whole.count > 8 || isNoLength else { return nil }
      self = .gguf
    } else if isNoLength, start.starts(with: [0x08]), start[1] <= 32,
      OtherFormat.onnxFields.contains(start[2])
    {
      self = .onnx
    } else if isNoLength, start[0] == UInt8(ascii: "<") {
      self = .webPage
    } else if isNoLength, start[0] == UInt8(ascii: "{") || start[0] == UInt8(ascii: "[") {
      self = .json
    } else if start.count == 8, start[0] == 0x80, (2...5).contains(start[1]),
      start[3...].contains(where: { $0 != 0 })
    {
      // The length of a safetensors header may start with the same two bytes, but has zeros then.
      self = .torch
    } else if start.starts(with: [0x89] + Array("HDF".utf8)) {
      self = .hdf5
    } else if start.starts(with: [0x93] + Array("NUMPY".utf8)) {
      self = .numpy
    } else if start.starts(with: "version ".utf8) {
      self = .largeFilePointer
    } else {
      return nil
    }
  }

  /// The keys of the fields that may stand behind the version of an ONNX model: names, versions,
  /// the graph and the sets of operators.
  ///
  /// > Source: ModelProto of onnx.proto; each key is 8 times the number of the field, and 2.
  private static let onnxFields: [UInt8] = [0x12, 0x1A, 0x22, 0x32, 0x3A, 0x42]

  /// The name of the first entry of a zip archive.
  private static func firstEntry(_ bytes: [UInt8]) -> String {
    guard bytes.count >= 30 else { return "" }
    let length = Int(bytes[26]) + Int(bytes[27]) << 8
    return String(decoding: bytes[30...].prefix(length), as: UTF8.self)
  }
}

extension OtherFormat: CustomStringConvertible {
  /// The format, and how to convert it.
  public var description: String {
    switch self {
    case .torch:
      "is what torch.save writes, not safetensors; convert it by this line of Python (a whole "
        + "model needs weights_only=False, which runs code of the file: only for files that you "
        + "trust): import torch; from safetensors.torch import save_file; "
        + "w = torch.load(open(\"FILE\", \"rb\"), map_location=\"cpu\", weights_only=True); "
        + "w = getattr(w, \"state_dict\", lambda: w)(); "
        + "w = next((w[k] for k in (\"state_dict\", \"model_state_dict\", \"model\") if k in w), "
        + "w); save_file({k: v.clone().contiguous() for k, v in w.items() if torch.is_tensor(v)}, "
        + "\"NEW.safetensors\")"
    case .hdf5:
      "is HDF5, not safetensors; \(OtherFormat.fromKeras); a file of weights alone is first loaded "
        + "into its model, model.load_weights(\"FILE\"), whose model.weights are then saved; one "
        + "that h5py wrote: import h5py; d = {}; h5py.File(\"FILE\").visititems(lambda n, a: "
        + "d.update({n: a[()]}) if hasattr(a, \"shape\") else None); "
        + "save_file(d, \"NEW.safetensors\")"
    case .keras:
      "is the archive of a Keras model, not safetensors; \(OtherFormat.fromKeras)"
    case .numpyArchive:
      "is an archive of NumPy arrays, not safetensors; convert it in Python: "
        + "import numpy; from safetensors.numpy import save_file; "
        + "save_file(dict(numpy.load(open(\"FILE\", \"rb\"))), \"NEW.safetensors\")"
    case .gzip: "is compressed with gzip; unpack it: gunzip -c FILE > NEW.safetensors"
    case .onnx:
      "is an ONNX model, not safetensors; convert its weights in Python: "
        + "import onnx; from safetensors.numpy import save_file; "
        + "save_file({t.name: onnx.numpy_helper.to_array(t) for t in "
        + "onnx.load(\"FILE\").graph.initializer}, \"NEW.safetensors\")"
    case .gguf:
      "is a GGUF model of llama.cpp, not safetensors; take the safetensors file that it was made of"
    case .webPage:
      "is a web page, not the file behind it; fetch the file's own address (\"resolve\" or \"raw\")"
    case .json:
      "is JSON, not safetensors; where it is the index of a model, name the file that it lists"
    case .numpy:
      "is a NumPy array, not safetensors; several make a network, each by its name: "
        + "import numpy; from safetensors.numpy import save_file; "
        + "save_file({\"fc1.weight\": numpy.load(\"FILE\")}, \"NEW.safetensors\")"
    case .largeFilePointer:
      "is only the pointer of a file kept by git-lfs; fetch the file: git lfs pull"
    }
  }

  /// The way of the weights of Keras.
  private static let fromKeras =
    "write its arrays in Python: import keras; from safetensors.numpy import save_file; "
    + "save_file({w.path: w.numpy() for w in keras.saving.load_model(\"FILE\").weights}, "
    + "\"NEW.safetensors\")"
}
