import DropoutEngine
import ExperimentFiles
import Foundation
import Testing

@Suite("The command line") struct CommandLineTests {
  @Test("Help of train shows every parameter that is not about the screen") func help() throws {
    let help = try Program.run("train", "--help")
    #expect(help.status == 0)
    for row in ParameterTable.all where row.group != .display {
      #expect(help.output.contains("--\(row.name) "), "\(row.name)")
    }
  }

  @Test("The version is printed by --version and -V") func version() throws {
    for option in ["--version", "-V"] {
      let result = try Program.run(option)
      #expect(result.status == 0 && result.output.hasPrefix("dropscope 0."), "\(option)")
    }
  }

  @Test(
    "Wrong usage ends with 64 and says what would be right",
    arguments: [
      (["--kep", "0.5"], "--keep"), (["--keep", "0"], "1/p"), (["--keep", "1.5"], "at most 1"),
      (["--keep", "nan"], "at most 1"), (["--variant", "inverter"], "'inverted'"),
      (["--keep", "0.5", "--drop", "0.5"], "drop"), (["--hidden", "0"], "1 to 4096"),
      (["--hidden", "1,1,1,1,1,1,1,1,1"], "0 to 8 layers"), (["--keep", "0.5,0.5,0.5"], "2"),
      (["--seed", "9007199254740992"], "9007199254740991"), (["--seed", "-1"], "seed"),
      (["--variant", "gaussian", "--scaling", "off"], "mean 1"),
      (["--variant", "dropconnect", "--mask-pass", "forward"], "both passes"),
      (["--data", "plane", "--loss", "cross-entropy"], "mean-squared-error"),
      (["--learners", "0"], "1 to 64"), (["--learners", "65"], "1 to 64"),
      (["--subspace", "0"], "above 0"), (["--subspace", "1.5"], "at most 1"),
      (["--variant", "bagging", "--dropout-noise", "dropconnect"], "inside its learners"),
      (["--variant", "random-subspace", "--mask-pass", "backward"], "inside its learners"),
      (["--variant", "bagging", "--test-pass", "masked"], "inside its learners"),
      (["--l2", "-1"], "0 to 1000000"), (["--batch", "0"], "1 to"), (["--steps", "1e3"], "whole"),
    ])
  func wrongUsage(arguments: [String], remedy: String) throws {
    let line = arguments.map { "'\($0)'" }.joined(separator: " ")
    let result = try Program.shell("exec \"$DROPSCOPE\" train \(line)")
    #expect(result.status == 64, "\(line): \(result.errors)")
    #expect(result.output.isEmpty)
    #expect(result.errors.contains(remedy), "\(line): \(result.errors)")
  }

  @Test("An explicit option wins over the variant, wherever it stands") func explicitOptions()
    throws
  {
    let before = try Program.run("trace", "--scaling", "inverted", "--variant", "classic")
    let after = try Program.run("trace", "--variant", "classic", "--scaling", "inverted")
    #expect(before.output == after.output)
    #expect(before.output.contains(#""scaling":"inverted""#))
  }

  @Test("Variant none keeps every unit, whatever keep says") func variantNone() throws {
    let result = try Program.run("trace", "--variant", "none", "--keep", "0.3")
    #expect(result.output.contains(#""keepProbability":1"#))
    #expect(!result.output.contains(#""keepProbability":0.3"#))
  }

  @Test(
    "The table tells what was set, however near it is to 0 or 1",
    arguments: [
      ("--keep 1e-17", "1e-17"), ("--keep 0.99999999", "0.99999999"), ("--keep 0.8", "0.8000"),
      ("--learning-rate 0.00015", "0.00015"), ("--learning-rate 0.00009999", "9.999e-05"),
      ("--learning-rate 0.01234", "0.0123"),
      ("--learning-rate 1e-9", "1e-09"), ("--keep 1", "1.0000"),
    ])
  func settings(arguments: String, word: String) throws {
    let result = try Program.shell("exec \"$DROPSCOPE\" train --steps 0 \(arguments)")
    let last = try #require(result.output.split(separator: "\n").last)
    #expect(last.split(separator: " ").suffix(3).contains(Substring(word)), "\(last)")
  }

  @Test("Metrics come as JSON lines from step 0, every so often, to the last step") func metrics()
    throws
  {
    let result = try Program.run("train", "--steps", "250", "--every", "100", "--format", "json")
    #expect(result.status == 0)
    let lines = try result.output.split(separator: "\n").map { line in
      try #require(
        JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
    }
    #expect(lines.compactMap { $0["step"] as? Int } == [0, 100, 200, 250])
    #expect(lines.last?["divergenceMethod"] as? [String] == ["none", "theory", "exact"])
    #expect(lines.first?["minibatchLoss"] as? String == "NaN")
  }

  @Test("Losses alone are the same numbers, and no divergence stands beside them") func losses()
    throws
  {
    let line = "exec \"$DROPSCOPE\" train --steps 250 --hidden 5,3"
    let all = try Program.shell("\(line) --format csv --metrics all")
    let losses = try Program.shell("\(line) --format csv --metrics losses")
    #expect(losses.status == 0)
    let columns = all.output.split(separator: "\n").map { $0.split(separator: ",") }
    let names = try #require(columns.first)
    let kept = names.indices.filter {
      !names[$0].hasPrefix("divergence") && !names[$0].hasPrefix("ratio")
    }
    #expect(kept.count == names.count - 12)
    #expect(
      losses.output
        == columns.map { row in kept.map { row[$0] }.joined(separator: ",") + "\n" }.joined())
    let json = try Program.shell("\(line) --format json --metrics losses")
    for line in json.output.split(separator: "\n") {
      let members = try #require(
        JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
      #expect(members["testLoss"] != nil && members["keepProbability"] != nil)
      #expect(!members.keys.contains { $0.hasPrefix("divergence") || $0 == "ratio" })
    }
  }

  @Test("The divergence is thinned out after twenty lines, and changes no number") func thinnedOut()
    throws
  {
    let line = "exec \"$DROPSCOPE\" train --steps 2500 --hidden 5,3"
    func rows(_ options: String) throws -> [[Substring]] {
      try Program.shell("\(line) --format csv \(options)").output.split(separator: "\n")
        .map { $0.split(separator: ",", omittingEmptySubsequences: false) }
    }
    let (all, auto) = try (rows("--metrics all"), rows(""))
    #expect(all.count == 27 && auto.count == 27)
    let isMeasured = all[0].map { $0.hasPrefix("divergence") || $0.hasPrefix("ratio") }
    for (number, (full, thin)) in zip(all, auto).enumerated() {
      let hasIt = number <= 20 || number == 26
      #expect(thin == zip(full, isMeasured).map { $1 && !hasIt ? "" : $0 }, "line \(number)")
    }
    let table = try Program.shell(line).output.split(separator: "\n")
    #expect(Set(table.map(\.count)).count == 1)
    #expect(table[22].split(separator: " ").count { $0 == "-" } == 12)
    let json = try Program.shell("\(line) --format json").output.split(separator: "\n")
    #expect(json.map { $0.contains("\"divergence\"") } == (0..<26).map { $0 < 20 || $0 == 25 })
  }

  @Test(
    "Outputs that grow without end are measured up to the step that is not finite",
    arguments: [1, 20])
  func hugeOutputs(rate: Int) throws {
    let result = try Program.shell(
      "exec \"$DROPSCOPE\" train --loss mean-squared-error --activation linear --learning-rate "
        + "\(rate) --steps 30 --every 1 --metrics losses")
    #expect(result.status == 70)
    #expect(result.errors.contains("inf; the loss was within"), "\(result.errors)")
  }

  @Test("Regression reports R2 in the place of accuracy") func regression() throws {
    let result = try Program.run("train", "--data", "plane", "--steps", "10", "--format", "json")
    #expect(result.output.contains("testR2") && !result.output.contains("Accuracy"))
  }

  @Test("A full disk ends with 74 and an error says so") func fullDisk() throws {
    let result = try Program.shell("exec \"$DROPSCOPE\" train --steps 10 > /dev/full")
    #expect(result.status == 74)
    #expect(result.errors.contains("cannot write"))
  }

  @Test("A closed pipe ends the program quietly") func closedPipe() throws {
    let result = try Program.shell(
      "(\"$DROPSCOPE\" trace --count 1000000 2>/dev/null; echo $? >&2) | head -c 10")
    #expect(result.output.count == 10)
    #expect(["0\n", "141\n"].contains(result.errors), "\(result.errors)")
  }

  @Test(
    "Where training explodes, the likely cause is told from what was measured",
    arguments: [
      ("--data FILE --normalize-target none", "the targets reach 5990"),
      ("--data FILE --normalize none --learning-rate 1", "the inputs reach 199000"),
      ("--learning-rate 1e10", "a learning rate of 10000000000"),
      (
        "--variant inverted --keep 0.05 --hidden 8,8,8 --learning-rate 1e6",
        "multiplied by 8000 in all"
      ),
    ])
  func explosions(options: String, cause: String) throws {
    let rows = (0..<200).map { "\($0 * 1000),\($0 * 7 % 200),\(20 + $0 * 30)\n" }.joined()
    let file = try TemporaryFile(Array(("a,b,y\n" + rows).utf8), name: "large.csv")
    let arguments = options.replacingOccurrences(of: "FILE", with: "'\(file.path)'")
    let result = try Program.shell(
      "exec \"$DROPSCOPE\" train --steps 3000 --every 3000 --metrics losses \(arguments)")
    #expect(result.status == 70)
    #expect(result.errors.contains("Likely cause: "), "\(result.errors)")
    #expect(result.errors.contains(cause), "\(result.errors)")
  }

  @Test(
    "On the screen a badly scaled table is mended by what can be typed there",
    arguments: ["80x24", "120x40"])
  func explosionOnScreen(size: String) throws {
    let rows = (0..<200).map { "\($0 * 7 % 200),\($0 % 9),\(20 + $0 * 3000)\n" }.joined()
    let file = try TemporaryFile(Array(("a,b,y\n" + rows).utf8), name: "large.csv")
    let result = try Program.run(
      "snapshot", "--data", file.path, "--normalize-target", "none", "--steps", "40", "--size",
      size)
    #expect(result.status == 0)
    let words = result.output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(words.contains(": normalize-target standard"), "\(words.prefix(600))")
    #expect(!words.contains("--normalize-target"))
  }

  @Test("A step that is not finite ends with 70 and names step, layer, unit and quantity")
  func notFinite() throws {
    let result = try Program.run("train", "--learning-rate", "1e30", "--steps", "50")
    #expect(result.status == 70)
    #expect(result.errors.contains("step "))
    #expect(result.errors.contains("layer") && result.errors.contains("unit"))
    let trace = try Program.run("trace", "--learning-rate", "1e30", "--count", "50")
    #expect(trace.status == 70)
    let sentence = try #require(result.errors.split(separator: "\n").last)
    #expect(trace.errors.split(separator: "\n").last == sentence)
  }

  @Test("Unknown data end with 66 and say what there is") func unknownData() throws {
    let result = try Program.run("train", "--data", "no-such-thing")
    #expect(result.status == 66)
    #expect(result.errors.contains("no-such-thing"))
  }
}
