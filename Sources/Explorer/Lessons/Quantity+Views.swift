import DropoutEngine
import DropoutMeasure
import Lessons

extension Quantity {
  /// All subnetworks on the watched example, where view average was shown.
  static let ensembles: [Quantity] = [
    Quantity("ensemble.count", "subnetworks that masks can make") {
      $0.ensemble { $0.subnetworks }
    },
    Quantity("ensemble.mean", "mean of their answers, for the right class") {
      $0.ensemble { $0.arithmeticMean[$0.histogram.output] }
    },
    Quantity("ensemble.geometric", "geometric mean of their answers") {
      $0.ensemble { $0.geometricMean?[$0.histogram.output] }
    },
    Quantity("ensemble.scaled", "answer of the one scaled network") {
      $0.ensemble { $0.weightScaling[$0.histogram.output] }
    },
    Quantity("ensemble.test", "answer of the experiment's own test pass") {
      $0.ensemble { $0.testNetwork[$0.histogram.output] }
    },
    Quantity("ensemble.gap", "mean minus scaled") {
      $0.ensemble { $0.arithmeticMean[$0.histogram.output] - $0.weightScaling[$0.histogram.output] }
    },
    Quantity("ensemble.geometric-gap", "geometric mean minus scaled") {
      $0.ensemble { ensemble in
        let output = ensemble.histogram.output
        return ensemble.geometricMean.map { $0[output] - ensemble.weightScaling[output] }
      }
    },
    Quantity("ensemble.loss-each", "mean loss of the subnetworks, one by one") {
      $0.ensemble { $0.loss.meanOfSubnetworks }
    },
    Quantity("ensemble.loss-mean", "loss of their mean answer") {
      $0.ensemble { $0.loss.arithmeticMean }
    },
    Quantity("ensemble.loss-scaled", "loss of the one scaled network") {
      $0.ensemble { $0.loss.weightScaling }
    },
    Quantity("ensemble.best", "lowest loss of a subnetwork") {
      $0.ensemble { $0.best.first?.loss }
    },
    Quantity("ensemble.worst", "highest loss of a subnetwork") {
      $0.ensemble { $0.worst.first?.loss }
    },
  ]

  /// The gradient into the selected layer over masks, where view step was shown.
  static let gradients: [Quantity] = [
    Quantity(
      "gradient.cosine.PASS", .number,
      "cosine of this step's gradient and that of the mean network, under a mask pass"
    ) { state, pass in state.gradient(pass) { $0.stepCosine } },
    Quantity("gradient.mean-cosine.PASS", .number, "the same of the mean over masks") {
      state, pass in state.gradient(pass) { $0.mean.cosine }
    },
    Quantity(
      "gradient.share.PASS", .number, "length of the mean over masks along that of the mean network"
    ) { state, pass in state.gradient(pass) { $0.mean.share } },
    Quantity("gradient.share-theory.PASS", .number, "its theory; n/a where there is none") {
      state, pass in state.gradient(pass) { $0.expectedMean.value?.share }
    },
    Quantity("gradient.noise.PASS", .number, "spread over masks, in lengths of the mean network's")
    {
      state, pass in state.gradient(pass) { $0.relativeNoise }
    },
    Quantity("gradient.square.PASS", .number, "mean squared cosine over masks") {
      state, pass in state.gradient(pass) { $0.squaredCosine }
    },
    Quantity("gradient.square-theory.PASS", .number, "its theory; n/a where there is none") {
      state, pass in state.gradient(pass) { $0.expectedSquaredCosine.value }
    },
    Quantity("update.ratio.PASS", .number, "length of the update times 1/keep over the plain one") {
      state, pass in
      state.updates(pass) { values, layer in
        guard let scaled = values.updates[.inverseKeep]?[layer],
          let one = values.updates[.one]?[layer]
        else { return nil }
        return scaled.weights / one.weights
      }
    },
    Quantity("update.ratio-theory.PASS", .number, "its theory") { state, pass in
      state.updates(pass) { $0.updateFactors[.inverseKeep]?[$1] }
    },
  ]

  /// The race; NAME is that of a runner, with hyphens for its blanks.
  static let races: [Quantity] = [
    Quantity("race.step", "updates of each runner so far") { state in
      state.ran { .number(Double($0.step)) }
    },
    Quantity("race.twins", "largest difference of any weight between the two forms of one run") {
      state in state.ran { .measured($0.twinDistance) }
    },
    Quantity("race.leader", .word, "runner of the contest with the lowest test loss") { state, _ in
      state.ran { race in
        RaceContest(state).leader.map { .word(race.lanes[$0].lessonName) } ?? .absent
      }
    },
    Quantity("race.NAME.loss", .number, "test loss of a runner: race.inverted.loss") {
      state, name in state.lane(name) { $0.test.loss }
    },
    Quantity("race.NAME.accuracy", .number, "its accuracy, 0 to 1") {
      state, name in state.lane(name) { $0.test.accuracy }
    },
    Quantity("race.NAME.ratio", .number, "test over mean training sums into its output") {
      state, name in state.lane(name) { $0.output.ratio }
    },
    Quantity("race.NAME.masked", .number, "mean masked loss of its last minibatches") {
      state, name in state.lane(name) { $0.minibatchLoss }
    },
    Quantity("race.NAME.norm", .number, "2-norm of its weights") {
      state, name in state.lane(name) { $0.weightNorm }
    },
  ]
}

extension ExplorerState {
  /// A number that one view alone has measured; elsewhere there is none, unless it still holds.
  func close<Value>(
    _ measurement: Measured<Value>?, in view: ViewDefinition, _ number: (Value) -> Double?
  ) -> LessonValue {
    let value = measured(measurement, number)
    return value == .waiting && self.view != view ? .absent : value
  }

  fileprivate func ensemble(_ number: (SubnetworkEnsemble) -> Double?) -> LessonValue {
    close(snapshot.measurement(of: EnsembleSubject.self), in: .ensemble) { number($0.ensemble) }
  }

  fileprivate func gradient(
    _ pass: String, _ number: (GradientStatistics) -> Double?
  ) -> LessonValue {
    updates(pass) { $0.layers.indices.contains($1) ? number($0.layers[$1]) : nil }
  }

  fileprivate func updates(
    _ pass: String, _ number: (MaskPassGradients, _ layer: Int) -> Double?
  ) -> LessonValue {
    guard MaskPass(rawValue: pass) != nil else { return .absent }
    return close(snapshot.gradientMoments, in: .backward) { moments in
      moments.passes.first { $0.maskPass.rawValue == pass }.flatMap { number($0, shownLayer) }
    }
  }

  fileprivate func lane(_ name: String, _ number: (LaneSnapshot) -> Double?) -> LessonValue {
    ran { race in
      race.lanes.first { $0.lessonName == name }.map { .measured(number($0)) } ?? .absent
    }
  }

  /// A value of the race; where there is none, it may be on its way.
  fileprivate func ran(_ value: (RaceSnapshot) -> LessonValue) -> LessonValue {
    race.map(value) ?? (view == .race && !isRaceRefused ? .waiting : .absent)
  }
}

extension LaneSnapshot {
  /// Its name in a lesson: letters, digits, points and hyphens.
  var lessonName: String { LessonRunner.reference(name) }
}
