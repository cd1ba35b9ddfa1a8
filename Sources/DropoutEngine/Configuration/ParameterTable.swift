/// All parameters, in the order in which help shows them.
///
/// Only this table knows their names, ranges and help: command line, palette, help and manual are
/// made from it.
public enum ParameterTable {
  /// All rows.
  public static let all: [ParameterDefinition] =
    dataRows + networkRows + dropoutRows + trainingRows + seedRows + runRows + displayRows

  /// The steps that training can reach: random numbers are counted by step, in 32 bits.
  public static let stepRange = 0...4_294_967_295

  /// The row of a parameter; nil where no parameter has the name.
  public static func definition(named name: String) -> ParameterDefinition? {
    all.first { $0.name == name }
  }

  /// The name most similar to a wrong one; nil where none is similar.
  public static func nearestName(to name: String) -> String? {
    NameDistance.nearest(to: name, in: all.map(\.name))
  }

  /// The rows of a group.
  public static func rows(of group: ParameterDefinition.Group) -> [ParameterDefinition] {
    all.filter { $0.group == group }
  }
}
