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
}
