/// A file of weights in another format than safetensors.
public enum OtherFormat: Equatable, Sendable {
  /// The output of `torch.save`: a zip archive, or a pickle as older versions wrote it.
  case torch
  /// HDF5, as Keras writes it.
  case hdf5
  /// An array of NumPy.
  case numpy
  /// The text that stands for a file that git-lfs did not fetch.
  case largeFilePointer

  /// The format whose first bytes these are; nil for any other.
  public init?(_ bytes: some Collection<UInt8>) {
    let start = Array(bytes.prefix(8))
    if start.starts(with: [0x50, 0x4B, 0x03, 0x04]) {
      self = .torch
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
}

extension OtherFormat: CustomStringConvertible {
  /// The format, and how to convert it.
  public var description: String {
    switch self {
    case .torch:
      "is what torch.save writes, not safetensors; convert it in Python: "
        + "from safetensors.torch import save_file; "
        + "save_file(torch.load(\"FILE\", weights_only=True), \"NEW.safetensors\")"
    case .hdf5:
      "is HDF5, not safetensors; write its arrays with safetensors.numpy.save_file, each kernel "
        + "transposed to [units, inputs]"
    case .numpy:
      "is a NumPy array, not safetensors; write it with safetensors.numpy.save_file"
    case .largeFilePointer:
      "is only the pointer of a file kept by git-lfs; fetch the file: git lfs pull"
    }
  }
}
