/// A command with a name that preferences give keys to.
public protocol NamedCommand: Equatable, Sendable {
  /// Its name, such as `step-back`.
  var name: String { get }
}

extension KeyCommand: NamedCommand {
  /// Its name, such as `step-back`.
  public var name: String {
    switch self {
    case .quit: "quit"
    case .redraw: "redraw"
    case .help: "help"
    case .back: "back"
    case .toggleRunning: "run"
    case .stepOn: "step-on"
    case .speed(let turn): turn == .more ? "faster" : "slower"
    case .nextScaling: "scaling"
    case .keep(let turn): "keep-" + turn.word
    case .l2(let turn): "l2-" + turn.word
    case .learningRate(let turn): "learning-rate-" + turn.word
    case .layer(let neighbor): neighbor.word + "-layer"
    case .unit(let direction): direction.word + "-unit"
    case .page(let direction): direction.word + "-page"
    case .example(let neighbor): neighbor.word + "-example"
    case .learner(let neighbor): neighbor.word + "-learner"
    case .panel(let neighbor): neighbor.word + "-panel"
    case .zoom: "zoom"
    case .variants: "variants"
    case .palette: "parameter"
    case .formula: "formulas"
    case .menu: "menu"
    case .logAxis: "log-axis"
    case .restart: "restart"
    case .restartWithNewSeed: "restart-new-seed"
    case .write: "write"
    case .showCommand: "command"
    case .view(let view): "view-" + view.name
    case .own(let key): key.name
    case .travel(let destination): destination.word
    case .goTo: "go-to"
    case .save: "save"
    case .branches: "branches"
    case .lessons: "lessons"
    }
  }
}

extension RecordedCommand: NamedCommand {
  /// Its name, such as `previous-look`; what both screens do has the same name in both.
  public var name: String {
    switch self {
    case .quit: "quit"
    case .redraw: "redraw"
    case .help: "help"
    case .back: "back"
    case .look(let look): look.word
    case .hold: "hold"
    case .layer(let neighbor): neighbor.word + "-layer"
    case .unit(let direction): direction.word + "-unit"
    case .page(let direction): direction.word + "-page"
    case .nextFinding: "next-finding"
    case .panel(let neighbor): neighbor.word + "-panel"
    case .zoom: "zoom"
    case .formula: "formulas"
    case .verdicts: "verdicts"
    case .logAxis: "log-axis"
    case .writePicture: "write"
    }
  }
}

extension KeyCommand.Turn {
  fileprivate var word: String { self == .more ? "up" : "down" }
}

extension KeyCommand.Neighbor {
  fileprivate var word: String { self == .next ? "next" : "previous" }
}

extension KeyCommand.Direction {
  fileprivate var word: String { self == .down ? "next" : "previous" }
}

extension RecordedCommand.Look {
  fileprivate var word: String {
    switch self {
    case .previous: "previous-look"
    case .next: "next-look"
    case .back: "looks-back"
    case .on: "looks-on"
    case .first: "first-look"
    case .newest: "newest-look"
    }
  }
}

extension TimelineDestination {
  /// The name of the command that goes there; those that no key has are named alike.
  fileprivate var word: String {
    switch self {
    case .steps(let steps): steps < 0 ? "step-back" : "step-on"
    case .epochs(let neighbor): neighbor == .next ? "epoch-on" : "epoch-back"
    case .start: "start"
    case .end: "end"
    case .undo: "undo"
    case .redo: "redo"
    case .step, .epoch, .stop, .lastChange, .branch: "go-to"
    }
  }
}
