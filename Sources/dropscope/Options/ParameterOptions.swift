import ArgumentParser
import DropoutEngine

/// A part of the parameter table for one subcommand.
protocol ParameterScope: Sendable {
  /// The group of the rows.
  static var group: ParameterDefinition.Group { get }
  /// The rows of the group that the subcommand does not take.
  static var without: Set<String> { get }
}

extension ParameterScope {
  static var without: Set<String> { [] }

  /// The rows.
  static var rows: [ParameterDefinition] {
    ParameterTable.rows(of: group).filter { !without.contains($0.name) }
  }
}

/// The rows about data.
enum DataScope: ParameterScope { static let group = ParameterDefinition.Group.data }
/// The rows about the network.
enum NetworkScope: ParameterScope { static let group = ParameterDefinition.Group.network }
/// The rows about dropout.
enum DropoutScope: ParameterScope { static let group = ParameterDefinition.Group.dropout }
/// The rows about training.
enum TrainingScope: ParameterScope { static let group = ParameterDefinition.Group.training }
/// The seeds.
enum SeedScope: ParameterScope { static let group = ParameterDefinition.Group.seeds }
/// The length of a run.
enum RunScope: ParameterScope { static let group = ParameterDefinition.Group.run }
/// The screen.
enum DisplayScope: ParameterScope { static let group = ParameterDefinition.Group.display }

/// The options of one group, generated from the parameter table.
///
/// ArgumentParser finds the options of a type through its mirror and decodes them by name. Both are
/// generated row by row here, so that no option is written twice.
struct ParameterOptions<Scope: ParameterScope>: ParsableArguments, CustomReflectable {
  /// The given parameters, as (name, value).
  private(set) var assignments: [(name: String, value: String)] = []

  init() {}

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: RowKey.self)
    for row in Scope.rows {
      let key = RowKey(stringValue: row.name)
      if row.valueName == nil {
        if try container.decode(Flag<Bool>.self, forKey: key).wrappedValue {
          assignments.append((row.name, "yes"))
        }
      } else if let value = try container.decode(Option<String?>.self, forKey: key).wrappedValue {
        assignments.append((row.name, value))
      }
    }
  }

  var customMirror: Mirror {
    Mirror(
      self, children: Scope.rows.map { ($0.name, $0.option) },
      displayStyle: .struct)
  }
}

/// The name of a row, as ArgumentParser's decoder requests it.
private struct RowKey: CodingKey {
  var stringValue: String
  var intValue: Int? { nil }

  init(stringValue: String) {
    self.stringValue = stringValue
  }

  init?(intValue: Int) {
    nil
  }
}

extension ParameterDefinition {
  /// The row as an option of the command line, or as a flag if it takes no value.
  fileprivate var option: Any {
    guard let valueName else {
      return Flag(wrappedValue: false, name: .customLong(name), help: ArgumentHelp("\(help)."))
    }
    let help = ArgumentHelp(
      "\(help). \(range.prefix(1).uppercased())\(range.dropFirst()). Default: \(defaultValue).",
      valueName: valueName)
    return Option<String?>(
      name: .customLong(name), parsing: takesNegativeNumbers ? .unconditional : .next, help: help,
      completion: completion)
  }

  private var completion: CompletionKind {
    if valueName == "FILE" || valueName == "NAME|FILE" { return .file() }
    return choices.isEmpty ? .default : .list(choices)
  }
}

/// All options that decide an experiment.
struct ExperimentOptions: ParsableArguments {
  @OptionGroup(title: "Data") var data: ParameterOptions<DataScope>
  @OptionGroup(title: "Network") var network: ParameterOptions<NetworkScope>
  @OptionGroup(title: "Dropout") var dropout: ParameterOptions<DropoutScope>
  @OptionGroup(title: "Training") var training: ParameterOptions<TrainingScope>
  @OptionGroup(title: "Seeds") var seeds: ParameterOptions<SeedScope>

  /// The given parameters, as (name, value).
  var assignments: [(name: String, value: String)] {
    data.assignments + network.assignments + dropout.assignments + training.assignments
      + seeds.assignments
  }
}
