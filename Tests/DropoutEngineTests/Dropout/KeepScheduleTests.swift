import DropoutEngine
import DropoutMeasure
import Foundation
import Oracles
import Testing

@Suite("A curriculum of keep probabilities") struct KeepScheduleTests {
  @Test(
    "falls from 1 to the value, as (1-p) exp(-10 t/N) + p does", arguments: [0.1, 0.5, 0.8, 1],
    [1, 7, 600])
  func formula(keep: Double, steps: Int) {
    let schedule = KeepSchedule.curriculum
    var last = 1.0
    for step in 0..<steps {
      let now = schedule.keepProbability(keep, step: step, of: steps)
      let expected = (1 - keep) * exp(-10 * Double(step) / Double(steps)) + keep
      #expect(abs(now - expected) < 1e-14)
      #expect(step == 0 ? now == 1 : keep == 1 ? now == 1 : now < last && now > keep)
      last = now
    }
    for step in [steps, steps + 1, 4_294_967_295] {
      #expect(schedule.keepProbability(keep, step: step, of: steps) == keep)
    }
    #expect(KeepSchedule.constant.keepProbability(keep, step: 0, of: steps) == keep)
  }

  private func configuration(
    _ change: (inout ExperimentConfiguration) -> Void = { _ in }
  ) -> ExperimentConfiguration {
    var configuration = ExperimentConfiguration()
    configuration.adopt(.curriculum)
    configuration.examples = 60
    configuration.hidden = [6, 5]
    configuration.keep = PerLayer(values: [0.8, 0.3])
    configuration.keepInput = 0.9
    configuration.keepSteps = 25
    configuration.learningRate = PerLayer(0.02)
    change(&configuration)
    return configuration
  }

  @Test(
    "has the bits of a training whose keep a person sets before each step",
    arguments: DropoutNoise.allCases, UpdateScale.allCases)
  func byHand(noise: DropoutNoise, updateScale: UpdateScale) throws {
    for sharing in MaskSharing.allCases {
      for pass in [MaskPass.both, .independent] where noise != .dropconnect || pass == .both {
        let course = configuration {
          $0.dropout.noise = noise
          $0.dropout.updateScale = updateScale
          $0.dropout.maskSharing = sharing
          $0.dropout.maskPass = pass
        }
        let trainer = try course.trainer()
        var constant = course
        constant.dropout.keepSchedule = .constant
        let byHand = try constant.trainer()
        for step in 0..<40 {
          let now = course.at(step: step)
          let keeps = (0..<2).map { "\(now.keepProbability(hidden: $0))" }
          try byHand.apply(.parameter(name: "keep", value: keeps.joined(separator: ",")))
          try byHand.apply(.parameter(name: "keep-input", value: "\(now.inputKeepProbability)"))
          try trainer.advance()
          try byHand.advance()
          #expect(trainer.parameters.bits == byHand.parameters.bits, "\(sharing), step \(step)")
        }
      }
    }
  }

  @Test("Each step's evidence has its own p, and is what the formulas make of it")
  func evidence() throws {
    // Near p = 1 the bug 1/drop has a factor that lets the training explode.
    for scaling in Scaling.allCases where scaling != .inverseDrop {
      let course = configuration { $0.dropout.scaling = scaling }
      let trainer = try course.trainer()
      for step in 0..<30 {
        let evidence = try trainer.advanceWithEvidence()
        let left = step < 25 ? exp(-0.4 * Double(step)) : 0
        for (mask, keep) in [
          (evidence.inputDropout, 0.9), (evidence.layers[0].mask, 0.8),
          (evidence.layers[1].mask, 0.3),
        ] {
          let now = keep + (1 - keep) * left
          #expect(abs(mask.keepProbability - now) < 1e-14)
          guard now < 1 else {
            #expect(mask.forwardMask.elements.allSatisfy { $0 == 1 })
            #expect(mask.trainingFactor == 1 && mask.testFactor == 1)
            continue
          }
          let factors = scaling.factors(now)
          #expect(abs(Double(mask.trainingFactor) / factors.training - 1) < 1e-5)
          #expect(abs(Double(mask.testFactor) / factors.test - 1) < 1e-5)
        }
        for (quantity, error) in StepOracle(evidence).errors {
          #expect(error < 2e-5, "\(scaling), step \(step): \(quantity)")
        }
      }
    }
  }

  @Test("A network is measured with the p of its step, and testing scales by that p")
  func measured() throws {
    let course = configuration {
      $0.dropout.scaling = .classic
      $0.hidden = [6]
      $0.keep = PerLayer(0.3)
      $0.keepInput = 1
    }
    let trainer = try course.trainer()
    let measurer = Measurer(dataset: trainer.dataset)
    for step in [0, 1, 5, 24, 25, 30] {
      try trainer.advance(steps: step - trainer.step)
      let state = trainer.state
      #expect(state.configuration == course.at(step: step))
      let output = try #require(measurer.divergence(state).last)
      #expect(abs(output.ratio - 1) < 1e-5, "step \(step): \(output.ratio)")
      var off = state.configuration
      off.dropout.scaling = .off
      let unscaled = NetworkState(
        configuration: off, parameters: state.parameters, step: step)
      let now = course.at(step: step).keepProbability(hidden: 0)
      let ratio = try #require(measurer.divergence(unscaled).last).ratio
      #expect(abs(ratio * now - 1) < 1e-5, "step \(step): \(ratio)")
    }
  }
}
