/// The folders of a person's own files.
///
/// > Source: XDG Base Directory Specification: a path that is not absolute is ignored.
public enum XDGFolder {
  /// The folder of files that outlast a run of the program.
  ///
  /// It is `dropscope` in `XDG_STATE_HOME`, or in `~/.local/state` without it; nil where neither it
  /// nor `HOME` is set.
  public static func state(_ environment: [String: String]) -> String? {
    path(environment, "XDG_STATE_HOME", else: ".local/state")
  }

  /// Preferences: `dropscope` in `XDG_CONFIG_HOME`, or in `~/.config` without it; nil where neither
  /// it nor `HOME` is set.
  public static func configuration(_ environment: [String: String]) -> String? {
    path(environment, "XDG_CONFIG_HOME", else: ".config")
  }

  private static func path(
    _ environment: [String: String], _ variable: String, else standard: String
  ) -> String? {
    if let path = environment[variable], path.hasPrefix("/") { return path + "/dropscope" }
    return environment["HOME"].flatMap { $0.isEmpty ? nil : "\($0)/\(standard)/dropscope" }
  }
}
