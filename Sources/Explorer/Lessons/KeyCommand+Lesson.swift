extension KeyCommand {
  /// Whether a lesson can give it in the person's place: it neither leaves the lesson nor opens
  /// something that waits for more keys.
  var staysInLesson: Bool {
    switch self {
    case .stepOn, .speed, .nextScaling, .keep, .l2, .learningRate, .layer, .unit, .page, .example,
      .learner, .logAxis, .view, .travel:
      true
    case .own(let key): key != .take
    case .quit, .redraw, .help, .back, .toggleRunning, .panel, .zoom, .variants, .palette, .formula,
      .menu, .restart, .restartWithNewSeed, .write, .showCommand, .goTo, .save, .branches, .lessons:
      false
    }
  }

  /// Whether it changes the experiment, goes to a moment at which it was another one, or opens a
  /// list of such.
  var changesExperiment: Bool {
    switch self {
    case .nextScaling, .keep, .l2, .learningRate, .variants, .palette, .menu, .restart,
      .restartWithNewSeed, .travel, .goTo, .branches:
      true
    case .stepOn, .speed, .layer, .unit, .page, .example, .learner, .logAxis, .view, .own, .quit,
      .redraw, .help, .back, .toggleRunning, .panel, .zoom, .formula, .write, .showCommand, .save,
      .lessons:
      false
    }
  }
}
