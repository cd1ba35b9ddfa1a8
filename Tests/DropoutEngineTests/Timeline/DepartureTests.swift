import DropoutEngine
import Oracles
import Testing

@Suite("A loss that leaves its range") struct DepartureTests {
  /// A classification: its gradients are at most 1, so a rate far too high leaves it finite.
  private func breaking() throws -> ExperimentConfiguration {
    try Settings(assignments: [
      ("data", "spiral"), ("hidden", "8,8"), ("activation", "tanh"), ("learning-rate", "0.02"),
      ("examples", "120"),
    ]).experiment
  }

  private func timeline(_ configuration: ExperimentConfiguration) throws -> Timeline {
    Timeline(try configuration.group(), from: configuration, initial: nil)
  }

  @Test("stops training at the last good step, and says what led to it")
  func stop() throws {
    let configuration = try breaking()
    let timeline = try timeline(configuration)
    #expect(try timeline.advanceWithinRange(steps: 200) == nil)
    try timeline.apply(.parameter(name: "learning-rate", value: "300"))
    let found = try timeline.advanceWithinRange(steps: 5000)
    let departure = try #require(found?.departure)
    #expect(timeline.group.step == departure.goodStep && departure.goodStep >= 199)
    let points = departure.course.points
    #expect(points.first?.step == departure.goodStep && points.last?.step == departure.step - 1)
    #expect(points[0].loss <= departure.most && points[1].loss > departure.most)
    #expect(points.count { $0.loss > departure.most } >= 16)
    let growth = try #require(departure.course.growth)
    #expect(growth.after > growth.before)
    #expect(departure.description.contains("at step \(departure.goodStep)"))
    #expect(departure.description.contains("learning rate of 300"))
    #expect(timeline.branch.departure == departure)
    #expect(timeline.branch.reached == departure.step)
  }

  @Test("is found at the same step however the steps are dealt out", arguments: [1, 7, 64, 1000])
  func stretches(steps: Int) throws {
    var configuration = try breaking()
    configuration.learningRate = PerLayer(300)
    func departure(_ stretch: Int) throws -> LossDeparture? {
      let timeline = try timeline(configuration)
      while timeline.group.step < 5000 {
        if let found = try timeline.advanceWithinRange(steps: stretch) {
          return found.departure
        }
      }
      return nil
    }
    let whole = try departure(5000)
    #expect(whole != nil)
    #expect(try departure(steps) == whole)
  }

  @Test("changes no bit of a training that does not ask for it, nor of one that goes on")
  func bits() throws {
    var configuration = try breaking()
    configuration.learningRate = PerLayer(300)
    let straight = try configuration.group()
    try straight.advance(steps: 600)
    let timeline = try timeline(configuration)
    let found = try timeline.advanceWithinRange(steps: 600)
    #expect(found != nil && timeline.group.step < 600)
    try timeline.advance(steps: 600 - timeline.group.step)
    #expect(timeline.group.checkpoints == straight.checkpoints)
    // Behind the place where it was told once, it goes on.
    #expect(try timeline.advanceWithinRange(steps: 100) == nil)
    #expect(timeline.group.step == 700)
  }

  @Test("is one of all learners") func learners() throws {
    var configuration = try Settings(assignments: [
      ("data", "spiral"), ("hidden", "8"), ("activation", "tanh"), ("variant", "bagging"),
      ("learners", "3"), ("examples", "120"), ("learning-rate", "300"),
    ]).experiment
    let timeline = try timeline(configuration)
    let found = try timeline.advanceWithinRange(steps: 5000)
    let departure = try #require(found?.departure)
    #expect(departure.learner != nil)
    #expect(timeline.group.step == departure.goodStep)
    configuration.learningRate = PerLayer(0.02)
    #expect(try self.timeline(configuration).advanceWithinRange(steps: 2000) == nil)
  }

  @Test("is seen where one loss was a thousand times beyond the range, whatever came behind it")
  func ruin() throws {
    let configuration = try Settings(assignments: [
      ("data", "spiral"), ("variant", "mismatched-masks"), ("optimizer", "momentum"),
      ("learning-rate", "0.6"),
    ]).experiment
    let timeline = try timeline(configuration)
    let departure = try #require(try timeline.advanceWithinRange(steps: 3000)?.departure)
    let points = departure.course.points
    #expect(points.contains { $0.loss > 1000 * departure.most })
    #expect(points.count { $0.loss > departure.most } < 16)
    #expect(timeline.group.step == departure.goodStep)
  }

  @Test(
    "goes back to a loss that is good, not to one that was high already",
    arguments: ["0.1", "0.3"])
  func good(rate: String) throws {
    let configuration = try Settings(assignments: [
      ("data", "spiral"), ("variant", "mismatched-masks"), ("optimizer", "momentum"),
      ("learning-rate", rate),
    ]).experiment
    let timeline = try timeline(configuration)
    let departure = try #require(try timeline.advanceWithinRange(steps: 3000)?.departure)
    let points = departure.course.points
    let first = try #require(points.first)
    #expect(first.loss <= departure.most / 10 && first.step == departure.goodStep)
    #expect(
      points.dropFirst().prefix { $0.loss <= departure.most }
        .allSatisfy { $0.loss > departure.most / 10 })
  }

  @Test("A value that is not finite stops training at the last good step too")
  func notFinite() throws {
    var configuration = try Settings(assignments: [
      ("data", "plane"), ("learning-rate", "2"), ("variant", "none"),
    ]).experiment
    let straight = try configuration.group()
    let error = try #require(
      throws: NotFiniteError.self
    ) { try straight.advance(steps: 100) }
    #expect(error.calmStep < error.step)
    let timeline = try timeline(configuration)
    #expect(try timeline.advanceWithinRange(steps: 100) == .notFinite(error))
    #expect(timeline.group.step == error.calmStep && timeline.branch.stop == error)
    #expect(timeline.branch.goodStep == error.calmStep && timeline.branch.reached == error.step)
    // Back there it stops again; from a step behind it, it goes as far as it can.
    #expect(try timeline.advanceWithinRange(steps: 100) == .notFinite(error))
    #expect(timeline.travel(to: error.calmStep + 1) == .arrived)
    // A journey forgets the losses before it, so the second message has fewer of them.
    let again = try #require(
      throws: NotFiniteError.self
    ) { try timeline.advanceWithinRange(steps: 100) }
    #expect(again.step == error.step && again.place == error.place)
    #expect(timeline.group.checkpoints == straight.checkpoints)
    configuration.learningRate = PerLayer(0.01)
    #expect(try self.timeline(configuration).advanceWithinRange(steps: 100) == nil)
  }

  @Test("is not seen in a training that is noisy and well", arguments: Variant.allCases)
  func noise(variant: Variant) throws {
    for (data, batch) in [("spiral", "1"), ("gauss", "10"), ("plane", "1"), ("multigauss", "1")] {
      let configuration = try Settings(assignments: [
        ("data", data), ("variant", variant.rawValue), ("learners", "3"), ("hidden", "8,8"),
        ("learning-rate", batch == "1" ? "0.003" : "0.03"), ("batch", batch), ("examples", "120"),
        ("data-noise", "0.5"),
      ]).experiment
      let found = try timeline(configuration).advanceWithinRange(steps: 300)
      #expect(found == nil, "\(data), batch \(batch)")
    }
  }
}
