import DropoutEngine
import ExperimentFiles
import Foundation
import Testing

@Suite("dropscope ensemble") struct EnsembleCommandTests {
  private func objects(_ text: String) throws -> [[String: Any]] {
    try text.split(separator: "\n").map { line in
      try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
    }
  }

  private func numbers(_ line: [String: Any], _ name: String) throws -> [Double] {
    try #require(line[name] as? [Double])
  }

  @Test("A network of one's own is taken as it is: two masked units worked out by hand")
  func byHand() throws {
    // For the input 1, hidden units 1 and 2 send 1 and 2; each adds its own value to class 0.
    let weights = try TemporaryFile(
      NetworkParameters(layers: [
        LayerParameters(
          weights: Matrix(rows: 2, columns: 1, elements: [1, 2]), biases: [0, 0]),
        LayerParameters(
          weights: Matrix(rows: 2, columns: 2, elements: [1, 1, 0, 0]), biases: [0, 0]),
      ]).tensors(metadata: [:]).bytes, name: "net.safetensors")
    let data = try TemporaryFile(Array("x,label\n1,a\n1,b\n".utf8), name: "points.csv")
    let result = try Program.shell(
      "exec \"$DROPSCOPE\" ensemble --weights '\(weights.path)' --data '\(data.path)' --keep 0.8 "
        + "--normalize none --test-fraction 0 --examples 0,1 --exact --format json")
    #expect(result.status == 0, "\(result.errors)")
    let lines = try objects(result.output)
    #expect(lines.count == 2 && lines[0]["subnetworks"] as? Int == 4)
    // Sums of class 0: 0, 1, 2, 3 with probabilities 0.04, 0.16, 0.16, 0.64.
    func sigmoid(_ z: Double) -> Double { 1 / (1 + exp(-z)) }
    let mean = 0.04 * sigmoid(0) + 0.16 * sigmoid(1) + 0.16 * sigmoid(2) + 0.64 * sigmoid(3)
    for line in lines {
      #expect(abs(try numbers(line, "arithmeticMean")[0] - mean) < 1e-12)
      #expect(abs(try numbers(line, "geometricMean")[0] - sigmoid(2.4)) < 1e-12)
      #expect(abs(try numbers(line, "weightScaling")[0] - sigmoid(2.4)) < 1e-6)
      #expect(abs(try numbers(line, "testNetwork")[0] - sigmoid(3)) < 1e-12)
      let sums = try #require(line["outputSum"] as? [String: [Double]])
      #expect(abs(try #require(sums["mean"])[0] - 2.4) < 1e-12)
      #expect(abs(try #require(sums["variance"])[0] - 0.8) < 1e-12)
      #expect(line["weightScalingIsExact"] as? Bool == true)
    }
    #expect(lines.compactMap { $0["target"] as? Int } == [0, 1])
  }

  @Test("Weights are not trained unless steps are given, and a file decides what is left out")
  func weights() throws {
    let file = try TemporaryFile(name: "net.safetensors")
    let options = "--activation tanh --keep 0.7,0.9 --hidden 6,5 --variant classic"
    let trained = try Program.shell(
      "exec \"$DROPSCOPE\" ensemble --steps 80 \(options) --format json --exact")
    let kept = try Program.shell(
      "exec \"$DROPSCOPE\" train --steps 80 \(options) --export '\(file.path)'")
    #expect(trained.status == 0 && kept.status == 0)
    let read = try Program.run(
      "ensemble", "--weights", file.path, "--format", "json", "--exact")
    #expect(read.output == trained.output)
    #expect(read.errors.contains("--hidden 6,5") && read.errors.contains("--variant classic"))
    let more = try Program.run(
      "ensemble", "--weights", file.path, "--format", "json", "--steps", "10")
    #expect(more.status == 0 && more.output != read.output)
    let other = try Program.run(
      "ensemble", "--weights", file.path, "--format", "json", "--keep", "0.5")
    #expect(other.status == 0 && other.output != read.output)
  }

  @Test("Folded weights have the subnetworks that they were trained as") func folded() throws {
    let file = try TemporaryFile(name: "net.safetensors")
    for variant in ["classic", "inverted", "unscaled"] {
      let options = "--keep 0.8 --keep-input 0.9 --hidden 6,5 --variant \(variant)"
      let trained = try Program.shell(
        "exec \"$DROPSCOPE\" ensemble --steps 80 \(options) --format json")
      _ = try Program.shell(
        "exec \"$DROPSCOPE\" export --steps 80 \(options) --out '\(file.path)'")
      let read = try Program.run("ensemble", "--weights", file.path, "--format", "json")
      for (one, other) in zip(try objects(trained.output), try objects(read.output)) {
        for name in ["arithmeticMean", "geometricMean", "weightScaling", "testNetwork"] {
          for (first, second) in zip(try numbers(one, name), try numbers(other, name)) {
            #expect(abs(first - second) < 1e-5, "\(variant) \(name)")
          }
        }
      }
    }
    _ = try Program.run(
      "export", "--steps", "5", "--variant", "double-scaled", "--out", file.path)
    let refused = try Program.run("ensemble", "--weights", file.path)
    #expect(refused.status == 65 && refused.errors.contains("--export"))
    #expect(try Program.run("ensemble", "--weights", file.path, "--scaling", "off").status == 0)
  }

  @Test("Masks are drawn where they are asked for, or where there are too many to enumerate")
  func sampled() throws {
    let drawn = try objects(
      try Program.run("ensemble", "--samples", "500", "--steps", "20", "--format", "json").output)
    #expect(drawn.count == 8 && drawn[0]["method"] as? String == "monte-carlo")
    #expect(drawn[0]["samples"] as? Int == 500)
    #expect(try numbers(drawn[0], "standardError").count == 2)
    let again = try objects(
      try Program.run("ensemble", "--samples", "500", "--steps", "20", "--format", "json").output)
    #expect(try numbers(again[0], "arithmeticMean") == numbers(drawn[0], "arithmeticMean"))
    let large = try Program.shell(
      "exec \"$DROPSCOPE\" ensemble --data glyphs --hidden 40,40 --steps 5 --examples 3 --format "
        + "json"
    )
    #expect(try objects(large.output)[0]["method"] as? String == "monte-carlo")
    let refused = try Program.shell(
      "exec \"$DROPSCOPE\" ensemble --data glyphs --hidden 40,40 --steps 5 --examples 3 --exact")
    #expect(refused.status == 64 && refused.output.isEmpty)
    #expect(refused.errors.contains("80 masked units") && refused.errors.contains("--samples"))
    let noise = try Program.run("ensemble", "--variant", "gaussian", "--exact", "--steps", "5")
    #expect(noise.status == 64 && noise.errors.contains("gaussian"))
  }

  @Test(
    "Wrong usage ends with 64 and says what would be right",
    arguments: [
      ("--examples 500", "0 to 499"), ("--examples 3-1", "before it starts"),
      ("--examples 1,,2", "0,3,10-20"), ("--examples -1", "examples"),
      ("--examples x", "0,3,10-20"),
      ("--samples 1", "2 to"), ("--exact --samples 10", "one of them"), ("--format xml", "csv"),
      ("--data-examples 1", "2 to"), ("--examples 1-99999999999999999999", "0,3,10-20"),
    ])
  func wrongUsage(options: String, remedy: String) throws {
    let result = try Program.shell("exec \"$DROPSCOPE\" ensemble --steps 1 \(options)")
    #expect(result.status == 64, "\(options): \(result.errors)")
    #expect(result.output.isEmpty)
    #expect(result.errors.contains(remedy), "\(options): \(result.errors)")
  }

  @Test("Files of weights that are broken, or do not fit, end with 65") func badWeights() throws {
    func header(_ text: String, data: Int = 0) -> [UInt8] {
      withUnsafeBytes(of: UInt64(text.utf8.count).littleEndian) { Array($0) } + Array(text.utf8)
        + [UInt8](repeating: 0, count: data)
    }
    let tensor = #"{"0.weight":{"dtype":"F32","shape":[2,2],"data_offsets":[0,16]}}"#
    let hostile: [(bytes: [UInt8], word: String)] = [
      ([1, 2, 3], "8 bytes"), ([UInt8](repeating: 255, count: 16), "no length of a header"),
      (header(#"{"0.weight":{"dtype":"F16","shape":[1,2],"data_offsets":[0,4]}}"#, data: 4), "F16"),
      (header(tensor, data: 12), "data_offsets"), (header(tensor, data: 20), "no tensor"),
      (header("{\"a\":1"), "header"), (header("{}"), "layers.0.weight"),
      (
        header(#"{"0.weight":{"dtype":"F32","shape":[-1,2],"data_offsets":[0,8]}}"#, data: 8),
        "shape"
      ),
    ]
    for (bytes, word) in hostile {
      let file = try TemporaryFile(bytes, name: "bad.safetensors")
      for command in ["ensemble", "train"] {
        let result = try Program.run(command, "--weights", file.path, "--steps", "0")
        #expect(result.status == 65 && result.output.isEmpty, "\(word): \(result.errors)")
        #expect(result.errors.contains(word) && result.errors.contains("bad.safetensors"))
      }
    }
    let file = try TemporaryFile(name: "net.safetensors")
    _ = try Program.run("export", "--hidden", "5", "--steps", "1", "--out", file.path)
    let other = try Program.run("ensemble", "--weights", file.path, "--hidden", "6")
    #expect(other.status == 65 && other.errors.contains("5x2, 2x5"))
    let data = try Program.run("ensemble", "--weights", file.path, "--data", "glyphs")
    #expect(data.status == 65 && data.errors.contains("5x2, 2x5"))
    #expect(try Program.run("ensemble", "--weights", "/no/such/file").status == 66)
  }

  @Test("A table says every mean, and why weight scaling is exact or not") func table() throws {
    let result = try Program.run("ensemble", "--steps", "50", "--examples", "0-2")
    #expect(result.status == 0)
    #expect(result.output.contains("Mean loss over 3 examples"))
    #expect(result.output.contains("2^24") && result.output.contains("not exact"))
    #expect(result.output.split(separator: "\n").allSatisfy { $0.count <= 80 })
    #expect(result.errors.contains("--data-examples 500"))
  }

  @Test("Targets and outputs of regression are in the target's own units") func ownUnits() throws {
    let rows = (0..<60).map { "\($0).5,\($0 * 7 % 60).5,\(1_700_000_000 + $0 * 60).5\n" }
    let table = try TemporaryFile(Array(("p,q,when\n" + rows.joined()).utf8), name: "a.csv")
    let result = try Program.run(
      "ensemble", "--data", table.path, "--hidden", "4", "--steps", "200", "--examples", "3",
      "--format", "json")
    #expect(result.status == 0, "\(result.errors)")
    let line = try #require(result.output.split(separator: "\n").first)
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
    let target = try #require((object["target"] as? [Double])?.first)
    #expect(abs(target - 1_700_000_180.5) < 0.01)
    for name in ["arithmeticMean", "weightScaling", "testNetwork"] {
      let output = try #require((object[name] as? [Double])?.first)
      #expect(abs(output - 1_700_001_770) < 10_000)
    }
    let variance = try #require((object["outputVariance"] as? [Double])?.first)
    #expect(variance > 1)
    let shown = try Program.run(
      "ensemble", "--data", table.path, "--hidden", "4", "--steps", "20", "--examples", "3")
    #expect(shown.output.contains("Outputs are in the target's"))
  }
}
