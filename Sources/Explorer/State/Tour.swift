import DropoutEngine
import DropoutMeasure
import TerminalCells

/// One stop of the tour: what to look at, and what to press.
struct TourStop: Sendable {
  /// The subject of the stop.
  let title: String
  /// Its text, with the numbers of the network that is on the screen.
  let text: @Sendable (ExplorerState) -> String
  /// The commands that bring its view to the screen.
  let arrival: [KeyCommand]
}

extension ExplorerState {
  /// Goes to a stop of the tour, and ends it behind the last one.
  mutating func visit(stop: Int) -> [Effect] {
    guard stop < Tour.stops.count else {
      overlay = .none
      return []
    }
    return lay(.tour(stop: stop), after: Tour.stops[stop].arrival)
  }

  /// Performs the commands that bring a screen, and lays an overlay over it.
  mutating func lay(_ next: Overlay, after commands: [KeyCommand]) -> [Effect] {
    overlay = .none
    let effects = commands.flatMap { perform($0) }
    overlay = next
    return effects
  }
}

/// The tour: what the screen shows, in the order in which the questions come up.
enum Tour {
  static let stops: [TourStop] = [
    TourStop(
      title: "the mask",
      text: { state in
        let mask = state.mask(of: max(.result(of: 0), .source(of: state.shownLayer)))
        let row = mask.row(state.watchedRow)
        let kept = row.count { $0 != 0 }
        return "Each step of training draws a mask. In the step that is drawn, "
          + "\(kept) of \(row.count) units are kept and the others are masked: they send on 0. "
          + "Press \(state.keys[.stepOn]) to take a step, and see another mask."
      }, arrival: [.view(.live)]),
    TourStop(
      title: "two sums of one unit",
      text: { state in
        let sums = state.sentenceSums
        return "The selected unit adds up what it receives. Under this mask that is "
          + "\(sums.step), over all masks \(sums.training) on average; in testing, where nothing "
          + "is masked, \(sums.test). Move with \(state.keys.arrowsName): it is so for each unit."
      }, arrival: [.view(.live)]),
    TourStop(
      title: "scaling",
      text: { state in
        "The scaling is \(state.configuration.dropout.scaling.rawValue). Press "
          + "\(state.keys[.nextScaling]) and watch the "
          + "extra of the test sum: with classic scaling the test pass multiplies by p, with "
          + "inverted scaling training multiplies by 1/p. Off to classic changes no weight: only "
          + "the test pass."
      }, arrival: [.view(.live)]),
    TourStop(
      title: "what it costs",
      text: { state in
        let rows = CounterfactualPanel.rows(state)
        let texts = rows.prefix(2).map { row in
          "\(row.label): loss \(NumberText.fixed(row.result.loss, decimals: 3))"
        }
        return "SAME WEIGHTS TESTED shows these very weights tested in other ways: "
          + texts.joined(separator: "; ")
          + ". So the price of a convention is seen without training again."
      }, arrival: [.view(.live)]),
    TourStop(
      title: "what is left",
      text: { state in
        let output = state.snapshot.measured.divergence.value.last
        return
          "DIVERGENCE compares mean training sums with test sums, layer by layer. Into the output "
          + "it is \(NumberText.fixed(output?.expected ?? .nan, decimals: 3)) now. Behind a "
          + "nonlinear function it stays above 0 even with scaling: the mean of the function is "
          + "not the function of the mean (Jensen)."
      }, arrival: [.view(.live)]),
    TourStop(
      title: "L2 instead?",
      text: { state in
        "Turn L2 up with \(state.keys[.l2(.more)]) and wait. The weights shrink "
          + "and so do both sums, but their ratio does not: L2 changes no activation between "
          + "training and testing. "
          + "\(state.keys[.l2(.less)]) turns it down again."
      }, arrival: [.view(.live)]),
    TourStop(
      title: "all sums of one unit",
      text: { state in
        guard let sums = state.shownUnitSums else { return "The sums are being measured." }
        return
          "This is view \(state.keys[.sums]): every sum that masks can make of one unit, "
          + "\(sums.distribution.masks) "
          + "of them. Training draws one of these each step, "
          + "\(NumberText.fixed(sums.stepSum, decimals: 2)) now; the test sum t, "
          + "\(NumberText.fixed(sums.testSum, decimals: 2)), need not lie among them. Below, how "
          + "the gap grows with depth."
      }, arrival: [.view(.sums)]),
    TourStop(
      title: "is it bagging?",
      text: { state in
        guard let ensemble = state.snapshot.ensemble?.ensemble else {
          return "The ensemble is being measured."
        }
        let output = ensemble.histogram.output
        return
          "This is view \(state.keys[.ensemble]): what all "
          + "\(EnsembleText.count(ensemble)) subnetworks say. Their average "
          + "a is \(NumberText.fixed(ensemble.arithmeticMean[output], decimals: 3)), the one "
          + "averaged network w "
          + "\(NumberText.fixed(ensemble.weightScaling[output], decimals: 3)): near, and not the "
          + "same (Jensen). With one masked layer w is the geometric mean g, exactly."
      }, arrival: [.view(.ensemble)]),
    TourStop(
      title: "the way back",
      text: { state in
        "This is view \(state.keys[.backward]): \(state.keys[.own(.nextPhase)]) goes through "
          + "one step phase by phase. A masked unit sent 0, so it gets "
          + "no gradient: the same mask, forward and backward. The table compares what other mask "
          + "passes do to the gradient."
      }, arrival: [.view(.backward)]),
    TourStop(
      title: "variants, and any parameter",
      text: { state in
        let keys = state.keys
        let parameter = keys[.palette] == ":" ? "The colon" : keys[.palette]
        return
          "\(keys[.variants]) lists every variant with what it does in training, at test and to "
          + "the gradient, and its line in two frameworks. \(parameter) sets any parameter by "
          + "name. \(keys[.formula]) shows the formula of "
          + "every number. Esc ends the tour."
      }, arrival: [.view(.live)]),
  ]
}
