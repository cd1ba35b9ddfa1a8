import DropoutEngine
import DropoutMeasure
import Lessons

extension Quantity {
  /// The sums of the selected unit, and the layers' divergence.
  static let sums: [Quantity] = [
    Quantity("sum.step", "sum of the selected unit under this step's mask") { state in
      state.watched {
        Double(state.evidence.layers[$0.layer].trainingSum[state.watchedRow, $0.unit])
      }
    },
    Quantity("sum.train", "its mean over all masks") { state in
      state.watched { state.meanTrainingSum(layer: $0.layer, unit: $0.unit) }
    },
    Quantity("sum.test", "its sum in testing") { state in
      state.watched { Double(state.evidence.layers[$0.layer].testSum[state.watchedRow, $0.unit]) }
    },
    Quantity("ratio", "test sum divided by mean training sum, of the selected unit") { state in
      state.watched {
        Double(state.evidence.layers[$0.layer].testSum[state.watchedRow, $0.unit])
          / state.meanTrainingSum(layer: $0.layer, unit: $0.unit)
      }
    },
    Quantity(
      "ratio.theory",
      "the same from keep and scaling alone; only where masks act just below the selected layer"
    ) { .measured($0.theoryRatio) },
    Quantity("ratio.output", "test sums over mean training sums, of the output layer") {
      $0.divergence($0.outputLayer, \.ratio)
    },
    Quantity("ratio.LAYER", .number, "the same of a layer: ratio.hidden2, ratio.output") {
      $0.divergence($0.layer(named: $1), \.ratio)
    },
    Quantity(
      "divergence.theory", "the divergence that keep and scaling alone give the selected layer"
    ) { .measured($0.theoryRatio.map { abs(1 / $0 - 1) }) },
    Quantity(
      "divergence.LAYER", .number, "distance of training and test sums, over the test sums"
    ) { $0.divergence($0.layer(named: $1), \.expected) },
    Quantity("sums.count", "masks of the distribution in view sums") {
      $0.close($0.snapshot.unitSums, in: .sums) { Double($0.distribution.masks) }
    },
    Quantity("sums.mean", "mean of that distribution") {
      $0.close($0.snapshot.unitSums, in: .sums) { $0.distribution.mean }
    },
    Quantity("sums.sd", "its standard deviation") {
      $0.close($0.snapshot.unitSums, in: .sums) { $0.distribution.deviation }
    },
    Quantity("sums.step", "sum under this step's mask, in view sums") {
      $0.close($0.snapshot.unitSums, in: .sums) { $0.stepSum }
    },
    Quantity("sums.test", "test sum, in view sums") {
      $0.close($0.snapshot.unitSums, in: .sums) { $0.testSum }
    },
    Quantity("sums.above", "standard deviations from that mean to the test sum") {
      $0.close($0.snapshot.unitSums, in: .sums) {
        ($0.testSum - $0.distribution.mean) / $0.distribution.deviation
      }
    },
    Quantity("sums.gap", "mean of f minus f of the mean, of the selected unit (Jensen)") {
      $0.close($0.snapshot.unitSums, in: .sums) { $0.jensenGap }
    },
  ]

  /// Losses and accuracies.
  static let results: [Quantity] = [
    Quantity("loss.test", "test loss, tested as the experiment does") {
      $0.tested { $0.measuredOwn?.loss }
    },
    Quantity("loss.scaled", "test loss of the same weights, scaled as their masks ask for") {
      $0.tested { $0.measuredScaled?.loss }
    },
    Quantity("loss.train", "loss of the training part, tested as the experiment does") {
      $0.point(\.trainLoss)
    },
    Quantity("loss.masked", "mean masked loss of the last minibatches") {
      .measured($0.snapshot.measured.curves.last { $0.minibatches > 0 }?.minibatchLoss)
    },
    Quantity("accuracy.test", "share of the test part that is right, 0 to 1") {
      $0.tested { $0.measuredOwn?.accuracy }
    },
    Quantity("accuracy.scaled", "the same, scaled") {
      $0.tested { $0.measuredScaled?.accuracy }
    },
    Quantity(
      "tested.CONVENTION", .number,
      "test loss of the same weights: tested.plain, tested.classic, tested.inverse"
    ) { state, name in
      guard let convention = TestConvention(lessonName: name) else { return .absent }
      return state.tested {
        $0.snapshot.measured.counterfactual.value.evaluations[convention]?.loss
      }
    },
    Quantity(
      "right.CONVENTION", .number, "accuracy of the same weights, 0 to 1: right.plain and so on"
    ) { state, name in
      guard let convention = TestConvention(lessonName: name) else { return .absent }
      return state.tested {
        $0.snapshot.measured.counterfactual.value.evaluations[convention]?.accuracy
      }
    },
    Quantity("weights.norm", "2-norm of all weights") { .measured($0.weightNorm(nil)) },
    Quantity("weights.norm.LAYER", .number, "2-norm of the weights into a layer") { state, name in
      .measured(state.layer(named: name).flatMap { state.weightNorm($0) })
    },
  ]
}

extension ExplorerState {
  /// A number of the unit that the sentence is about; waiting where a change is not drawn yet.
  fileprivate func watched(_ number: (Selection) -> Double) -> LessonValue {
    guard snapshot.isCurrent(snapshot.watched), isFresh(snapshot.watched.step) else {
      return .waiting
    }
    return .measured(number(sentenceUnit))
  }

  /// The ratio that keep and scaling alone give the layer of the sentence: nil behind several
  /// masked layers.
  var theoryRatio: Double? {
    let layer = sentenceUnit.layer
    let configuration = snapshot.configuration
    let masked = (0...outputLayer).filter { configuration.keepProbability(feeding: $0) < 1 }
    guard configuration.dropout.maskPass != .backward, let first = masked.first, layer >= first
    else { return 1 }
    guard layer == first, configuration.dropout.testPass == .plain,
      configuration.dropout.noise.isScaled
    else { return nil }
    return configuration.dropout.scaling.ratio(configuration.keepProbability(feeding: layer))
  }

  /// The layer with a name; nil where there is none.
  func layer(named name: String) -> Int? { (0...outputLayer).first { layerName($0) == name } }

  fileprivate func divergence(
    _ layer: Int?, _ number: (LayerDivergence) -> Double
  ) -> LessonValue {
    guard let layer else { return .absent }
    return measured(snapshot.measured.divergence) {
      $0.indices.contains(layer) ? number($0[layer]) : nil
    }
  }

  /// A number of the same weights tested in several ways.
  fileprivate func tested(_ number: (ExplorerState) -> Double?) -> LessonValue {
    let measured = snapshot.measured.counterfactual
    guard snapshot.isCurrent(measured), isFresh(measured.step) else { return .waiting }
    return .measured(number(self))
  }

  fileprivate var measuredOwn: Evaluation? { snapshot.ownEvaluation }

  fileprivate var measuredScaled: Evaluation? {
    snapshot.measured.counterfactual.value.evaluations[snapshot.configuration.scaledConvention]
  }

  fileprivate func point(_ number: (CurvePoint) -> Double) -> LessonValue {
    guard let last = snapshot.measured.curves.last, isFresh(last.step) else { return .waiting }
    return .measured(number(last))
  }

  fileprivate func weightNorm(_ layer: Int?) -> Double? {
    let layers = layer.map { [$0] } ?? Array(evidence.layers.indices)
    return layers.reduce(0.0) { total, layer in
      evidence.layers[layer].weights.elements.reduce(total) { $0 + Double($1) * Double($1) }
    }.squareRoot()
  }
}

extension TestConvention {
  /// The convention with a name, as lessons and screens have it.
  init?(lessonName: String) {
    switch lessonName {
    case "plain": self = .asTheyAre
    case "classic": self = .timesKeep
    case "inverse": self = .timesInverseKeep
    default: return nil
    }
  }
}
