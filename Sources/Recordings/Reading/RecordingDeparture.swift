/// The end of a file's name, while the file itself can be read on.
public enum RecordingDeparture: Equatable, Sendable {
  /// No file has the name any more.
  case removed
  /// Another file has the name.
  case replaced
}

extension RecordingDeparture {
  /// A sentence with the remedy.
  public func sentence(_ name: String) -> String {
    switch self {
    case .removed: "\(name) was removed: this is what it held; nothing more will come"
    case .replaced: "\(name) was replaced by another file: q, and view it again, shows that one"
    }
  }
}
