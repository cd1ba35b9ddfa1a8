import DropoutEngine
import DropoutMeasure
import ExperimentFiles
import Foundation
import Testing

@Suite("Several learners on the command line") struct LearnerCommandTests {
  private func lines(_ text: String) throws -> [[String: Any]] {
    try text.split(separator: "\n").map { line in
      try #require(JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
    }
  }

  @Test(
    "train reports the average, the same as the learners' own weights give",
    arguments: ["random-subspace", "bagging"])
  func train(variant: String) throws {
    let result = try Program.run(
      "train", "--variant", variant, "--learners", "3", "--steps", "120", "--format", "json",
      "--data", "glyphs", "--hidden", "8")
    #expect(result.status == 0, "\(result.errors)")
    let last = try #require(try lines(result.output).last)
    let configuration = try Settings(assignments: [
      ("variant", variant), ("learners", "3"), ("data", "glyphs"), ("hidden", "8"),
    ]).experiment
    let group = try LearnerGroup(
      configuration: configuration, dataset: try BuiltInDataset.glyphs.generate(configuration))
    try group.advance(steps: 120)
    let test = Measurer(dataset: group.dataset).evaluate(group.states, on: .test)
    #expect(result.output.contains("\"testLoss\":\(test.loss),"))
    #expect(last["testAccuracy"] as? Double == test.accuracy)
    #expect(last["divergenceMethod"] as? [String] == ["none", "none"])
    #expect(last["keepProbability"] as? [Double] == [1])
  }

  @Test(
    "Exported learners are read back for the same number, and predict the same without masks",
    arguments: ["random-subspace", "bagging"])
  func weights(variant: String) throws {
    let file = try TemporaryFile()
    let common = "--variant \(variant) --learners 3 --data glyphs --hidden 8"
    let exported = try Program.shell(
      "exec \"$DROPSCOPE\" export --out '\(file.path)' --steps 60 \(common)")
    #expect(exported.status == 0, "\(exported.errors)")
    let tensors = try Safetensors(
      bytes: [UInt8](try Data(contentsOf: URL(fileURLWithPath: file.path))))
    #expect(tensors.tensors.map(\.name).contains("learner.2.layers.1.bias"))
    #expect(tensors.metadata["learners"] == "3")
    let trained = try Program.shell(
      "exec \"$DROPSCOPE\" train --steps 60 --every 60 --format json \(common)")
    let read = try Program.shell(
      "exec \"$DROPSCOPE\" train --steps 0 --format json \(common) --weights '\(file.path)'")
    #expect(read.status == 0, "\(read.errors)")
    let first = try #require(try lines(trained.output).last?["testLoss"] as? Double)
    #expect(try lines(read.output).first?["testLoss"] as? Double == first)
    // The averaged outputs of plain networks, computed as in another program.
    let plain = try Settings(assignments: [
      ("variant", "none"), ("data", "glyphs"), ("hidden", "8"),
    ]).experiment
    let states = try tensors.learners().map { NetworkState(configuration: plain, parameters: $0) }
    let dataset = try BuiltInDataset.glyphs.generate(plain)
    let loss = Measurer(dataset: dataset).evaluate(states, on: .test).loss
    #expect(trained.output.contains("\"testLoss\":\(loss),"))
    for wrong in ["--variant \(variant) --learners 4", "--variant none"] {
      let refused = try Program.shell(
        "exec \"$DROPSCOPE\" train --data glyphs --hidden 8 \(wrong) --weights '\(file.path)'")
      #expect(refused.status == 65 && refused.output.isEmpty, "\(refused.errors)")
      #expect(refused.errors.contains("3 learners"))
    }
    let taken = try Program.run("ensemble", "--weights", file.path, "--data", "glyphs")
    #expect(taken.status == 65 && taken.errors.contains("3 learners"))
  }

  @Test("train --export writes one learner without a prefix, and several with it") func export()
    throws
  {
    for (arguments, name) in [
      ("--variant classic", "layers.0.weight"),
      ("--variant bagging --learners 1", "layers.0.weight"),
      ("--variant bagging --learners 2", "learner.0.layers.0.weight"),
    ] {
      let file = try TemporaryFile()
      let result = try Program.shell(
        "exec \"$DROPSCOPE\" train --steps 5 \(arguments) --export '\(file.path)'")
      #expect(result.status == 0, "\(result.errors)")
      let tensors = try Safetensors(
        bytes: [UInt8](try Data(contentsOf: URL(fileURLWithPath: file.path))))
      #expect(tensors.tensors.first?.name == name)
    }
  }

  @Test("trace --learner writes the steps of that learner, inputs outside its subset masked")
  func trace()
    throws
  {
    var minibatches: Set<[Int]> = []
    for learner in 0..<3 {
      let result = try Program.run(
        "trace", "--variant", "random-subspace", "--learners", "3", "--data", "glyphs", "--at", "4",
        "--learner", "\(learner)")
      #expect(result.status == 0, "\(result.errors)")
      let line = try #require(try lines(result.output).first)
      let dropout = try #require(line["inputDropout"] as? [String: Any])
      let seen = InputSubset(of: 64, share: 0.5, learner: learner, seed: 7).seen
      for name in ["forwardMask", "backwardMask"] {
        let mask = try #require(dropout[name] as? [[Double]])
        for row in mask { #expect(row.indices.filter { row[$0] == 1 } == seen) }
      }
      #expect(dropout["trainingFactor"] as? Double == 1 && dropout["testFactor"] as? Double == 1)
      #expect(dropout["keepProbability"] as? Double == 1)
      let layers = try #require(line["layers"] as? [[String: Any]])
      let received = try #require(layers[0]["testReceived"] as? [[Double]])
      let inputs = try #require(line["inputs"] as? [[Double]])
      for (row, values) in received.enumerated() {
        for (input, value) in values.enumerated() {
          #expect(value == (seen.contains(input) ? inputs[row][input] : 0))
        }
      }
      minibatches.insert(try #require(line["examples"] as? [Int]))
    }
    #expect(minibatches.count == 1)
  }

  @Test("A learner that is not there is wrong usage, and the range is said") func wrongLearner()
    throws
  {
    for (arguments, range) in [
      ("--variant bagging --learner 10", "0 to 9"), ("--variant bagging --learner=-1", "0 to 9"),
      ("--variant classic --learner 1", "takes 0"),
      ("--variant bagging --learners 1 --learner 1", "takes 0"),
    ] {
      let result = try Program.shell("exec \"$DROPSCOPE\" trace \(arguments)")
      #expect(result.status == 64 && result.output.isEmpty, "\(arguments): \(result.errors)")
      #expect(result.errors.contains(range), "\(result.errors)")
    }
  }

  @Test("ensemble says that there are no subnetworks to compare") func ensemble() throws {
    let result = try Program.run("ensemble", "--variant", "bagging")
    #expect(result.status == 64 && result.errors.contains("without masks"))
  }

  @Test("A snapshot draws the learner that keys choose") func snapshot() throws {
    let result = try Program.run(
      "snapshot", "--variant", "random-subspace", "--steps", "20", "--size", "120x40", "--keys",
      "LL")
    #expect(result.status == 0)
    #expect(result.output.contains("learner 3 of 10"))
  }
}
