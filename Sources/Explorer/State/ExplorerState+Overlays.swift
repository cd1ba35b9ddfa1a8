import DropoutEngine
import TerminalCells

extension ExplorerState {
  /// Takes up a key: what lies over the view comes first, then the key table.
  mutating func press(_ key: Key) -> [Effect] {
    if key == .control("c") { return perform(.quit) }
    let command = keys.command(for: key, in: view)
    switch overlay {
    case .none: if let effects = pressInLesson(key, command) { return effects }
    case .palette(let palette): return press(key, in: palette)
    case .help(let line):
      if let next = keys.scrolled(key, from: line) {
        overlay = .help(scroll: next)
        return []
      }
      if command == .help {
        overlay = .questions(line: 0)
        return []
      }
    case .formula(let line):
      if let next = keys.scrolled(key, from: line) {
        overlay = .formula(scroll: next)
        return []
      }
      if case .panel? = command { return command.map { perform($0) } ?? [] }
      if command == .formula { return closing(.escape) }
    case .explanation(let place):
      if let effects = press(key, explaining: place, command) { return effects }
    case .message(let title, let lines, let line):
      if let next = keys.scrolled(key, from: line) {
        overlay = .message(title: title, lines: lines, scroll: next)
        return []
      }
    case .menu(let line):
      if let next = chosen(key, from: line, count: menu.items.count) {
        overlay = .menu(line: next)
        return []
      }
      if key == .enter { return useMenu(line: line) }
      if case .character(let scalar) = key, ("1"..."9").contains(scalar) {
        // A digit does its line at once: two keys for each.
        let chosen = Int(scalar.value - 49)
        if chosen < menu.items.count { return useMenu(line: chosen) }
      }
      if command == .menu { return closing(.escape) }
    case .variants(let line):
      if let next = chosen(key, from: line, count: Variant.allCases.count) {
        overlay = .variants(line: next)
        return []
      }
      if key == .enter {
        overlay = .none
        return change("variant", to: Variant.allCases[line].rawValue)
      }
      if command == .variants { return closing(.escape) }
    case .goTo(let form): return press(key, in: form)
    case .saveAs(let form): return press(key, in: form)
    case .writeTo(let form): return press(key, inFolder: form)
    case .branches(let line):
      if let effects = press(key, inBranches: line) { return effects }
      if command == .branches { return closing(.escape) }
    case .branchRemoval(let line): return press(key, removingBranch: line)
    case .branchName(let number, let field): return press(key, naming: number, field)
    case .questions(let line):
      if let effects = press(key, inQuestions: line) { return effects }
      if command == .help { return closing(.escape) }
    case .answer(let question): return press(key, under: question, command)
    case .lessons(let line):
      if let effects = press(key, inLessons: line) { return effects }
      if command == .lessons { return closing(.escape) }
    }
    if overlay != .none {
      if key == .escape || key == .enter { return closing(.escape) }
      guard let command, command != .back else { return [] }
      // Any other key of the table closes the overlay and does its work.
      overlay = .none
      return perform(command)
    }
    guard let command else {
      message =
        key == .alt
        ? "Alt with a key means nothing here; \(keys[.help]) shows the keys"
        : "this key means nothing here; \(keys[.help]) shows the keys"
      return []
    }
    return perform(command)
  }

  private mutating func closing(_ key: Key) -> [Effect] {
    if key == .escape || key == .enter { overlay = .none }
    return []
  }

  /// The line of a list after a key that chooses; nil for any other key.
  func chosen(_ key: Key, from line: Int, count: Int) -> Int? {
    switch key {
    case .up: max(0, line - 1)
    case .down: min(count - 1, line + 1)
    case .home: 0
    case .end: count - 1
    default:
      if case .unit(let direction) = keys.command(for: key, in: view) {
        min(max(0, line + direction.offset), count - 1)
      } else {
        nil
      }
    }
  }

  private mutating func useMenu(line: Int) -> [Effect] {
    overlay = .none
    let items = menu.items
    return items.indices.contains(line) ? items[line].perform(&self) : []
  }

  // MARK: The palette

  /// Takes up pasted text: it goes into a text field, and is never taken for keys.
  mutating func paste(_ text: String) {
    switch overlay {
    case .palette(var palette):
      palette.field.insert(text)
      palette.choice = nil
      palette.error = nil
      overlay = .palette(palette)
    case .goTo(var form):
      form.field.insert(text)
      form.choice = nil
      form.error = nil
      overlay = .goTo(form)
    case .writeTo(var form):
      form.field.insert(text)
      form.error = nil
      overlay = .writeTo(form)
    case .saveAs(var form):
      form.field.insert(text)
      (form.error, form.replaces) = (nil, nil)
      overlay = .saveAs(form)
    case .branchName(let number, var field):
      field.insert(text)
      overlay = .branchName(number, field)
    case .none, .help, .menu, .variants, .formula, .explanation, .lessons, .branches,
      .branchRemoval,
      .message, .questions, .answer:
      message =
        "pasted text goes into a text field only, such as \(keys[.palette]) opens; it was left out"
    }
  }

  private mutating func press(_ key: Key, in palette: PaletteState) -> [Effect] {
    var palette = palette
    let suggestions = palette.suggestions
    switch key {
    case .escape:
      overlay = .none
      return []
    case .up, .backTab:
      palette.choice = palette.choice.flatMap { $0 > 0 ? $0 - 1 : nil }
    case .down:
      palette.choice = min((palette.choice ?? -1) + 1, suggestions.count - 1)
      if suggestions.isEmpty { palette.choice = nil }
    case .tab:
      let choice = palette.choice ?? 0
      if suggestions.indices.contains(choice) {
        palette = PaletteState(text: suggestions[choice].text)
      }
    case .enter:
      if let choice = palette.choice, suggestions.indices.contains(choice) {
        palette = PaletteState(text: suggestions[choice].text)
        // A name alone still needs its value; a chosen value is complete.
        if suggestions[choice].value == nil { break }
      }
      return submit(palette)
    default:
      if palette.field.handle(key) {
        palette.choice = nil
        palette.error = nil
      }
    }
    overlay = .palette(palette)
    return []
  }

  /// Sets the parameter that the palette names; what cannot be set stays in the palette, with the
  /// reason.
  private mutating func submit(_ palette: PaletteState) -> [Effect] {
    let (name, value) = palette.parts
    do throws(ConfigurationError) {
      guard let definition = ParameterTable.definition(named: name) else {
        throw .unknownParameter(name: name, nearest: ParameterTable.nearestName(to: name))
      }
      let text = value ?? (definition.valueName == nil ? "yes" : "")
      let effects = try set(definition, to: text)
      overlay = .none
      return effects
    } catch {
      var palette = palette
      palette.error = error.description
      overlay = .palette(palette)
      return []
    }
  }

  private mutating func set(
    _ definition: ParameterDefinition, to text: String
  ) throws(ConfigurationError) -> [Effect] {
    if let effects = view.set(&self, definition, text) { return effects }
    switch definition.effect {
    case .nextStep: return try changeWhileRunning(definition.name, to: text)
    case .startsAnew: return try startAnew(with: definition.name, text)
    case .display:
      let before = settings
      try settings.set(definition.name, to: text)
      if settings.display.plain != before.display.plain {
        settings = before
        message = "plain lines are chosen when the program starts: dropscope --plain"
        return []
      }
      if settings.display.speed != before.display.speed { return send(.speed(speed)) }
      if settings.run != before.run { return send(.pauseAt(pauseStep)) }
      return settings.display == before.display ? [] : [.setUpDisplay]
    }
  }

  /// The step at which the run is to pause; nil where none was asked for.
  var pauseStep: Int? {
    guard settings.run.steps != nil || settings.run.epochs != nil else { return nil }
    return settings.run.stepCount(
      examples: snapshot.dataset.trainingExamples.count, batch: configuration.batch)
  }
}
