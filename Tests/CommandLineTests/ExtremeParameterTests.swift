import DropoutEngine
import ParameterExtremes
import Testing

@Suite("The program with every parameter at its extremes") struct ExtremeParameterTests {
  /// Parameters that take long at their largest, each with the value from which it is left out.
  static let affordable = ["examples": 1e4, "hidden": 64, "steps": 3, "epochs": 3]

  /// Commands that draw and write everything, with options that make them short.
  static let commands = [
    "snapshot --keys v --size 120x40", "snapshot --view backward --keys i",
    "train --metrics all --format json", "compare --variants unscaled,inverted --seeds 2",
    "ensemble --examples 0", "trace --at 1",
  ]

  @Test(
    "It ends with 0, or refuses with a line that says why",
    arguments: ParameterTable.all.map(\.name))
  func ends(name: String) throws {
    let row = try #require(ParameterTable.definition(named: name))
    let limit = Self.affordable[name] ?? .infinity
    let values = ParameterExtremes.values(of: row).filter { (Double($0) ?? 0) <= limit }
    for (index, value) in values.enumerated() where row.valueName != nil {
      // The text of the list of variants depends on the rows of dropout.
      let rotated = Self.commands[index % Self.commands.count]
      for command in Set(row.group == .dropout ? [Self.commands[0], rotated] : [rotated]) {
        let hasSteps = ["steps", "epochs"].contains(name) || command.hasPrefix("trace")
        let option = command.hasPrefix("ensemble") && name == "examples" ? "data-examples" : name
        let line = "\(command) \(hasSteps ? "" : "--steps 3") --\(option)=\(value)"
        let result = try Program.shell(
          "exec \"$DROPSCOPE\" \(line)", environment: ["SWIFT_BACKTRACE": "enable=no"])
        let refusals = result.errors.split(separator: "\n").count {
          $0.hasPrefix("Error: ") || $0.hasPrefix("dropscope: ")
        }
        #expect(
          result.status == 0 || [64, 65, 70].contains(result.status) && refusals == 1,
          "\(line): \(result.status), \(result.errors)")
        #expect(!result.output.contains("-nan") && !result.output.contains(" nan"), "\(line)")
      }
    }
  }
}
