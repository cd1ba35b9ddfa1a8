import DropoutEngine
import Explorer
import TerminalCells
import Testing

extension KeyTests {
  @Test("+, = and - visit the speeds and say where they end") func speed() throws {
    var state = try state()
    for key: Key in ["+", "="] {
      check(key, on: state, effects: [.train(.speed(120))]) {
        $0.settings.display.speed = 120
        $0.sentCommands = 1
      }
    }
    check("-", on: state, effects: [.train(.speed(30))]) {
      $0.settings.display.speed = 30
      $0.sentCommands = 1
    }
    state.settings.display.speed = .infinity
    check("+", on: state) { $0.message = "this is full speed" }
    state.settings.display.speed = 1
    check("-", on: state) { $0.message = "this is as slow as it goes" }
  }

  @Test("s turns off, classic, inverted and off again; from a bug it goes to off") func scaling()
    throws
  {
    var state = try state()
    for (now, next) in [
      (Scaling.off, Scaling.classic), (.classic, .inverted), (.inverted, .off), (.double, .off),
      (.swapped, .off),
    ] {
      state.settings.experiment.dropout.scaling = now
      check("s", on: state, effects: [change("scaling", next.rawValue)]) {
        $0.settings.experiment.dropout.scaling = next
        $0.sentCommands = 1
      }
    }
  }

  @Test("[ and ] turn keep by 0.05 within 0.05 to 1, in all layers or in the focused one")
  func keep() throws {
    var state = try state()
    check("]", on: state, effects: [change("keep", "0.55")]) {
      $0.settings.experiment.keep = PerLayer(0.55)
      $0.sentCommands = 1
    }
    check("[", on: state, effects: [change("keep", "0.45")]) {
      $0.settings.experiment.keep = PerLayer(0.45)
      $0.sentCommands = 1
    }
    state.settings.experiment.keep = PerLayer(1)
    check("]", on: state) { _ in }
    state.settings.experiment.keep = PerLayer(0.73)
    check("]", on: state, effects: [change("keep", "0.75")]) {
      $0.settings.experiment.keep = PerLayer(0.75)
      $0.sentCommands = 1
    }
    state.focus = .sums
    state.selection = Selection(layer: 1, unit: 0)
    check("[", on: state, effects: [change("keep", "0.73,0.7")]) {
      $0.settings.experiment.keep = PerLayer(values: [0.73, 0.7])
      $0.sentCommands = 1
    }
    state.selection = Selection(layer: 2, unit: 0)
    check("[", on: state) { $0.message = "output units are never masked; select a hidden layer" }
    state.settings.experiment.variant = .none
    check("[", on: state) {
      $0.message = "variant none keeps every unit; v chooses another one"
    }
  }

  @Test("Braces turn L2, parentheses the learning rate, on their ladders") func ladders() throws {
    let state = try state()
    check("}", on: state, effects: [change("l2", "0.0001")]) {
      $0.settings.experiment.l2 = PerLayer(0.0001)
      $0.sentCommands = 1
    }
    check("{", on: state) { _ in }
    check(")", on: state, effects: [change("learning-rate", "0.3")]) {
      $0.settings.experiment.learningRate = PerLayer(0.3)
      $0.sentCommands = 1
    }
    check("(", on: state, effects: [change("learning-rate", "0.03")]) {
      $0.settings.experiment.learningRate = PerLayer(0.03)
      $0.sentCommands = 1
    }
  }
}
