import DropoutEngine
import Lessons

extension Quantity {
  /// All quantities, in the order of the documentation.
  public static let all: [Quantity] =
    experiment + masks + sums + results + ensembles + gradients + races + law + [parameter]

  /// Where the experiment stands, and its settings.
  private static let experiment: [Quantity] = [
    Quantity("step", "updates so far") { .number(Double($0.snapshot.step)) },
    Quantity("epoch", "whole passes over the training part so far") {
      .number(Double($0.snapshot.epoch))
    },
    Quantity("keep", "probability to be kept of what feeds the selected layer") {
      .number($0.fedKeep)
    },
    Quantity("drop", "1 - keep") { .number(1 - $0.fedKeep) },
    Quantity("inverse-keep", "1 / keep") { .number(1 / $0.fedKeep) },
    Quantity("l2", "strength of L2 in the first layer") {
      .number($0.snapshot.configuration.l2[0])
    },
    Quantity("learning-rate", "learning rate of the first layer") {
      .number($0.snapshot.configuration.learningRate[0])
    },
    Quantity("seed", "seed of the masks") {
      .number(Double($0.snapshot.configuration.maskSeed))
    },
    Quantity("batch", "examples of the minibatch that is drawn") {
      .number(Double($0.evidence.examples.count))
    },
    Quantity("example", "number of the watched example in the minibatch, from 1") {
      .number(Double($0.watchedRow + 1))
    },
    Quantity("learners", "networks that are trained side by side") {
      .number(Double($0.snapshot.configuration.learnerCount))
    },
    Quantity("unit", "number of the selected unit, as the table has it") {
      .number(Double($0.shownUnit + 1))
    },
    Quantity(word: "layer", "selected layer: hidden1, hidden2 and so on, or output") {
      $0.layerName($0.shownLayer)
    },
    Quantity(
      word: "scaling", of: Scaling.allCases.map(\.rawValue),
      "off, classic, inverted, double or swapped"
    ) {
      $0.snapshot.configuration.dropout.scaling.rawValue
    },
    Quantity(
      word: "variant", of: Variant.allCases.map(\.rawValue) + ["custom"], "variant of dropout"
    ) { $0.snapshot.configuration.variantName },
    Quantity(word: "view", of: ViewDefinition.all.map(\.name), "view on the screen") {
      $0.view.name
    },
    Quantity(
      word: "phase", of: ["whole", "minibatch", "inputs", "forward", "loss", "backward", "update"],
      "phase that view step has come to: whole, forward, loss, backward"
    ) {
      $0.phase?.word ?? "whole"
    },
    Quantity(word: "running", of: ["yes", "no"], "yes while training runs") {
      $0.isRunning ? "yes" : "no"
    },
  ]

  /// Any parameter, by its own name.
  private static let parameter: Quantity = {
    var parameter = Quantity(
      "PARAMETER", .number,
      "any parameter of the experiment, a number or a word; of several layers, the first one's"
    ) { state, name in
      guard let row = ParameterTable.definition(named: name) else { return .absent }
      let text = row.get(Settings(experiment: state.snapshot.configuration))
      guard !isWordParameter(name) else { return .word(text) }
      return .measured(Double(text.prefix { $0 != "," }))
    }
    parameter.isWord = isWordParameter
    parameter.knownWords = { name in
      ParameterTable.definition(named: name).flatMap { $0.choices.isEmpty ? nil : $0.choices }
    }
    return parameter
  }()

  /// Whether the value of a parameter is a word, whatever it is set to.
  @Sendable private static func isWordParameter(_ name: String) -> Bool {
    guard let row = ParameterTable.definition(named: name) else { return false }
    return name == "hidden" || Double(row.defaultValue) == nil
  }

  /// The masks of the step that is drawn.
  private static let masks: [Quantity] = [
    Quantity("kept", "units that this step's mask keeps, of those that feed the selected layer") {
      .number(Double($0.keptCount(.source(of: $0.shownLayer))))
    },
    Quantity("units", "units that feed the selected layer") {
      .number(Double($0.unitCount(of: .source(of: $0.shownLayer))))
    },
    Quantity("kept.LAYER", .number, "units of a layer that this step's mask keeps") { state, name in
      state.units(named: name).map { .number(Double(state.keptCount($0))) } ?? .absent
    },
    Quantity("units.LAYER", .number, "units of a layer; also inputs and output") { state, name in
      state.units(named: name).map { .number(Double(state.unitCount(of: $0))) } ?? .absent
    },
    Quantity(
      "masks.different", "different masks in this minibatch, of what feeds the selected layer"
    ) {
      let mask = $0.mask(of: .source(of: $0.shownLayer))
      return .number(Double(Set((0..<mask.rows).map { Array(mask.row($0)) }).count))
    },
    Quantity("mask", "multiplier of the selected unit on the way forward: 0, or 1, or 1/keep") {
      state in state.multiplier { Double($0.forwardMask[state.watchedRow, $1]) }
    },
    Quantity("mask.backward", "the same on the way back") {
      state in state.multiplier { Double($0.backwardMask[state.watchedRow, $1]) }
    },
    Quantity("units.differing", "units of the selected layer that are masked on one way only") {
      state in
      state.multiplier { mask, _ in
        let rows = (mask.forwardMask.row(state.watchedRow), mask.backwardMask.row(state.watchedRow))
        return Double(zip(rows.0, rows.1).count { ($0 == 0) != ($1 == 0) })
      }
    },
    Quantity("signal", "change of the loss with what the selected unit sends") { state in
      let signal = state.evidence.layers[state.shownLayer].signal
      return .number(Double(signal[state.watchedRow, state.shownUnit]))
    },
    Quantity("signal.masked", "the same behind the mask: what passes it on the way back") { state in
      state.multiplier {
        Double($0.backwardMask[state.watchedRow, $1])
          * Double(state.evidence.layers[state.shownLayer].signal[state.watchedRow, $1])
      }
    },
    Quantity("masks.possible", "masks that chance can make of what feeds the selected layer") {
      .number(0.5.pow(-$0.unitCount(of: .source(of: $0.shownLayer))))
    },
  ]
}

extension Double {
  /// The number to a whole power.
  fileprivate func pow(_ exponent: Int) -> Double {
    let whole = (0..<exponent.magnitude).reduce(1.0) { product, _ in product * self }
    return exponent < 0 ? 1 / whole : whole
  }
}

extension ExplorerState {
  /// A number of the selected unit's mask; output units have none.
  func multiplier(_ number: (MaskEvidence, _ unit: Int) -> Double) -> LessonValue {
    guard shownLayer < outputLayer else { return .absent }
    return .number(number(evidence.mask(of: .result(of: shownLayer)), shownUnit))
  }

  /// The keep probability of what feeds the selected layer.
  var fedKeep: Double { snapshot.configuration.keepProbability(feeding: shownLayer) }

  /// The units with a name: inputs, hidden1, output; nil where there are none.
  func units(named name: String) -> UnitLayer? {
    switch name {
    case "inputs": .inputs
    case "output": outputUnits
    default:
      (0..<outputLayer).first { layerName($0) == name }.map { .result(of: $0) }
    }
  }

  /// The units that this step's mask keeps for the watched example.
  func keptCount(_ units: UnitLayer) -> Int {
    guard units != outputUnits else { return unitCount(of: units) }
    return mask(of: units).row(watchedRow).count { $0 != 0 }
  }
}

extension StepPhase {
  /// Its name in a lesson.
  fileprivate var word: String {
    switch self {
    case .minibatch: "minibatch"
    case .inputMask: "inputs"
    case .forward: "forward"
    case .loss: "loss"
    case .backward: "backward"
    case .update: "update"
    }
  }
}
