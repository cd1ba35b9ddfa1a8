import DropoutEngine
import ExperimentFiles
import Foundation
import Testing

@Suite("A line of the trace") struct TraceLineTests {
  private func trace(_ assignments: [(name: String, value: String)]) throws -> (
    StepEvidence, [String: Any]
  ) {
    let configuration = try Settings(assignments: assignments).experiment
    let dataset = try BuiltInDataset.moons.generate(configuration)
    let trainer = try Trainer(configuration: configuration, dataset: dataset)
    try trainer.advance(steps: 3)
    let evidence = try trainer.evidence()
    let object = try JSONSerialization.jsonObject(with: Data(TraceLine.line(of: evidence)))
    return (evidence, try #require(object as? [String: Any]))
  }

  private func rows(_ value: Any?) throws -> [[Float]] {
    try #require(value as? [[Double]]).map { $0.map { Float($0) } }
  }

  private func rows(_ matrix: Matrix) -> [[Float]] {
    (0..<matrix.rows).map { Array(matrix.row($0)) }
  }

  @Test("It comes in pieces, which are the line together, and none of them is large")
  func pieces() throws {
    let (evidence, _) = try trace([("hidden", "200,100")])
    var pieces: [[UInt8]] = []
    TraceLine.write(evidence) { pieces.append($0) }
    #expect(Array(pieces.joined()) == TraceLine.line(of: evidence) + [UInt8(ascii: "\n")])
    #expect(pieces.count > 3)
    #expect(pieces.allSatisfy { $0.count < 1 << 17 })
  }

  @Test("Every quantity of a layer stands in it, bit for bit") func layers() throws {
    let (evidence, object) = try trace([
      ("variant", "classic"), ("keep", "0.8"), ("optimizer", "adam"), ("keep-input", "0.7"),
    ])
    let layers = try #require(object["layers"] as? [[String: Any]])
    #expect(layers.count == 3)
    for (layer, written) in zip(evidence.layers, layers) {
      #expect(try rows(written["weights"]) == rows(layer.weights))
      #expect(try rows(written["received"]) == rows(layer.received))
      #expect(try rows(written["trainingSum"]) == rows(layer.trainingSum))
      #expect(try rows(written["testSum"]) == rows(layer.testSum))
      #expect(try rows(written["forwardMask"]) == rows(layer.mask.forwardMask))
      #expect(try rows(written["weightsAfter"]) == rows(layer.weightsAfter))
      let state = try #require(written["optimizerState"] as? [String: [String: Any]])
      #expect(Set(state["weights"]?.keys.map { $0 } ?? []) == ["mean", "square"])
    }
    #expect(object["variant"] as? String == "classic")
    #expect(object["step"] as? Int == 3)
    #expect((object["examples"] as? [Int]) == evidence.examples)
    #expect(object["trainingLoss"] as? Double == evidence.trainingLoss)
  }

  @Test("A curriculum stands in it with the values that keep comes to, and the p of the step")
  func curriculum() throws {
    let (evidence, object) = try trace([
      ("variant", "curriculum"), ("keep", "0.8,0.3"), ("keep-steps", "20"),
    ])
    let schedule = try #require(object["keepSchedule"] as? [String: Any])
    #expect(schedule["name"] as? String == "curriculum" && schedule["steps"] as? Int == 20)
    #expect(schedule["inputKeep"] as? Double == 1)
    #expect(schedule["keep"] as? [Double] == [0.8, 0.3])
    let layers = try #require(object["layers"] as? [[String: Any]])
    let now = try layers.map { try #require($0["keepProbability"] as? Double) }
    // Reading JSON may miss the last bit.
    for (read, layer) in zip(now, evidence.layers) {
      #expect(abs(read - layer.mask.keepProbability) < 1e-15)
    }
    #expect(abs(now[0] - (0.8 + 0.2 * exp(-1.5))) < 1e-14)
    #expect(now[2] == 1 && object["variant"] as? String == "curriculum")
    #expect(try trace([("variant", "inverted")]).1["keepSchedule"] == nil)
  }

  @Test("Optional members are there where they mean something only") func optionalMembers() throws {
    let (_, plain) = try trace([("max-norm", "none")])
    let plainLayer = try #require((plain["layers"] as? [[String: Any]])?.first)
    #expect(plainLayer["weightMask"] == nil && plainLayer["testMask"] == nil)
    #expect((plainLayer["regularizer"] as? [String: Any])?["maxNorm"] is NSNull)
    let (_, connect) = try trace([("variant", "dropconnect")])
    let mask = try #require(
      (connect["layers"] as? [[String: Any]])?.last?["weightMask"] as? [[[Double]]])
    #expect(mask.count == 10 && mask[0].count == 2 && mask[0][0].count == 12)
    let (_, leftOn) = try trace([("variant", "left-on-at-test")])
    #expect((leftOn["layers"] as? [[String: Any]])?.first?["testMask"] != nil)
  }
}
