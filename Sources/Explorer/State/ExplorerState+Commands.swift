import DropoutEngine

extension ExplorerState {
  /// Does what a key asks for.
  mutating func perform(_ command: KeyCommand) -> [Effect] {
    if let effects = view.perform(&self, command) { return effects }
    switch command {
    case .own(let key):
      guard view.ownKeys.contains(key) else {
        message = key.elsewhere(keys)
        return []
      }
      return key.perform(&self)
    case .quit: return [.quit]
    case .redraw: return [.redraw]
    case .help: overlay = .help(scroll: 0)
    case .back:
      if snapshot.travel != nil { return send(.callOff) }
      goBack()
    case .toggleRunning: return run(!isRunning)
    case .stepOn: return finishStep()
    case .speed(let turn): return turnSpeed(turn)
    case .nextScaling: return turnScaling()
    case .keep(let turn): return turnKeep(turn)
    case .l2(let turn): return climb("l2", \.l2, Ladder.l2, turn)
    case .learningRate(let turn):
      return climb("learning-rate", \.learningRate, Ladder.learningRate, turn)
    case .layer(let neighbor): selectLayer(neighbor)
    case .unit(let direction): move(rows: direction.offset)
    case .page(let direction): move(rows: 10 * direction.offset)
    case .example(let neighbor):
      hasChosenExample = true
      return send(.watch(offset: neighbor.offset, of: snapshot.experiment.start))
    case .learner(let neighbor): return drawLearner(neighbor)
    case .panel(let neighbor): turnFocus(neighbor)
    case .zoom: zoomed = zoomed == nil ? focus ?? view.panels.first : nil
    case .variants:
      let now = Variant.allCases.firstIndex { $0.rawValue == settings.experiment.variantName }
      overlay = .variants(line: now ?? 0)
    case .palette: overlay = .palette(PaletteState())
    case .formula: explain()
    case .menu:
      // The menu is about this unit, whatever is masked next.
      if view.selectsUnits { isSelectionChosen = true }
      overlay = .menu(line: menu.items.firstIndex { $0.isNow } ?? 0)
    case .logAxis: logAxis.toggle()
    case .restart:
      message = "starting anew"
      return startAnew()
    case .restartWithNewSeed: return restartWithNewSeed()
    case .write: return write()
    case .showCommand:
      overlay = .message(
        title: "the command that reproduces this", lines: reproduction, scroll: 0)
      return reproducingCommand.map { [.copy($0)] } ?? []
    case .view(let view):
      (focus, zoomed, tab) = (nil, nil, 0)
      self.view = view
      return view.open(&self)
    case .travel(let destination): return travel(to: destination)
    case .save: return save()
    case .goTo: overlay = .goTo(GoToState())
    case .branches:
      let numbers = snapshot.timeline.branches.map(\.number)
      overlay = .branches(
        line: numbers.firstIndex(of: snapshot.timeline.position.branch) ?? 0)
    case .lessons: showLessons()
    }
    return []
  }

  private mutating func drawLearner(_ neighbor: KeyCommand.Neighbor) -> [Effect] {
    guard settings.experiment.learnerCount > 1 else {
      let isGroup = settings.experiment.variant.hasSeveralLearners
      message =
        isGroup
        ? "there is one learner: learners (\(keys[.palette])) is 1"
        : "variant \(settings.experiment.variantName) has one learner; random-subspace and bagging "
          + "(\(keys[.variants])) have several"
      return []
    }
    return send(
      .drawLearner(
        offset: neighbor.offset, of: snapshot.experiment.start))
  }

  private mutating func goBack() {
    if zoomed != nil {
      zoomed = nil
    } else if focus != nil {
      focus = nil
    } else {
      view = .live
    }
  }

  mutating func run(_ isRunning: Bool) -> [Effect] {
    if isRunning, let error = snapshot.notFinite, snapshot.handledCommands == sentCommands {
      message =
        "step \(error.step) cannot be taken: go back with \(keys[.travel(.undo)]) or "
        + "\(keys[.goTo]), or change what broke it"
      return []
    }
    self.isRunning = isRunning
    if isRunning { phase = nil }
    guard isRunning, let steps = settings.run.steps, snapshot.step >= steps else {
      return send(.run(isRunning))
    }
    // The person goes on past the step at which the run was to pause.
    settings.run.steps = nil
    return send(.pauseAt(nil)) + send(.run(true))
  }

  mutating func turnSpeed(_ turn: KeyCommand.Turn) -> [Effect] {
    let next =
      turn == .more
      ? TrainingSpeed.faster(than: speed) : TrainingSpeed.slower(than: speed)
    guard let next else {
      message = turn == .more ? "this is full speed" : "this is as slow as it goes"
      return []
    }
    settings.display.speed = next
    return send(.speed(next))
  }

  private mutating func turnScaling() -> [Effect] {
    let next = settings.experiment.dropout.scaling.next
    return change("scaling", to: next.rawValue)
  }

  private mutating func turnKeep(_ turn: KeyCommand.Turn) -> [Effect] {
    let keep = settings.experiment.keep
    guard !settings.experiment.variant.keepsEveryUnit else {
      message =
        "variant \(settings.experiment.variant.rawValue) keeps every unit; "
        + "\(keys[.variants]) chooses another one"
      return []
    }
    let layers = settings.experiment.hidden.count
    guard layers > 0 else {
      message =
        "there is no hidden layer to mask; the inputs' own is keep-input (\(keys[.palette]))"
      return []
    }
    guard !isLayerFocused || shownLayer < layers else {
      message = "output units are never masked; select a hidden layer"
      return []
    }
    let indices = isLayerFocused ? [shownLayer] : Array(0..<layers)
    var values = keep.expanded(to: layers)
    for layer in indices {
      values[layer] = Ladder.next(Ladder.keep, from: values[layer], turn) ?? values[layer]
    }
    let isUniform = values.allSatisfy { $0 == values[0] }
    return change(
      "keep",
      to: (isUniform ? [values[0]] : values).map(ParameterText.text).joined(separator: ","))
  }

  private mutating func climb(
    _ name: String, _ path: KeyPath<ExperimentConfiguration, PerLayer<Double>>,
    _ ladder: [Double], _ turn: KeyCommand.Turn
  ) -> [Effect] {
    let values = settings.experiment[keyPath: path].values.map {
      Ladder.next(ladder, from: $0, turn) ?? $0
    }
    return change(name, to: values.map(ParameterText.text).joined(separator: ","))
  }

  private mutating func selectLayer(_ neighbor: KeyCommand.Neighbor) {
    guard view.selectsUnits else { return }
    let layer = shownLayer + neighbor.offset
    guard (0...outputLayer).contains(layer) else { return }
    isSelectionChosen = true
    selection = Selection(layer: layer, unit: selection.unit)
    selection.unit = shownUnit
  }

  /// Moves the selection by units; in a list, scrolls it by rows.
  private mutating func move(rows: Int) {
    guard view.selectsUnits, focus?.traits.contains(.arrowsScroll) != true else {
      scroll(focus ?? zoomed ?? view.panels[0], by: rows)
      return
    }
    let units = unitCount(of: shownUnits)
    isSelectionChosen = true
    selection = Selection(layer: shownLayer, unit: min(max(0, shownUnit + rows), units - 1))
  }

  private mutating func turnFocus(_ neighbor: KeyCommand.Neighbor) {
    let panels = view.panels
    if size.isFolded {
      tab = (tab + panels.count + neighbor.offset) % panels.count
      focus = panels[tab]
    } else {
      // A panel that is not on the screen has nothing to focus; zoomed, each can be had.
      let drawn = zoomed == nil ? ScreenLayout(self).panels.map(\.panel) : panels
      let stops: [Panel?] = [nil] + panels.filter(drawn.contains)
      let now = stops.firstIndex(of: focus) ?? 0
      focus = stops[(now + stops.count + neighbor.offset) % stops.count]
    }
    if zoomed != nil, let focus { zoomed = focus }
  }

  private mutating func restartWithNewSeed() -> [Effect] {
    let now = settings.experiment
    let seed = (max(now.dataSeed, now.initSeed, now.maskSeed) + 1) % (1 << 53)
    settings.experiment.dataSeed = seed
    settings.experiment.initSeed = seed
    settings.experiment.maskSeed = seed
    message = "starting anew with seed \(seed)"
    return startAnew()
  }
}
