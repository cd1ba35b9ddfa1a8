extension ExplorerState {
  /// Takes up what the race published; what is not of the race that was asked for is dropped.
  mutating func take(_ new: RaceSnapshot) {
    guard let askedRace, new.identity == askedRace else { return }
    if let notice = new.notice, notice != race?.notice {
      let text = keys.named(notice.text)
      // A message about the session stays on the screen when its race arrives.
      message = race == nil && keptRace != nil && !message.isEmpty ? "\(message); \(text)" : text
    }
    isRaceRefused = new.lanes.isEmpty
    guard !new.lanes.isEmpty else { return }
    race = new
    keptRace = new.course
    raceLine = min(raceLine, new.lanes.count - 1)
  }

  /// Starts the race that waited for its data; where these cannot be had, there is none.
  mutating func startAwaitedRace(isRefused: Bool) -> [Effect] {
    guard let preset = awaitedRace, !isStartingAnew else { return [] }
    awaitedRace = nil
    guard view == .race else { return [] }
    guard !isRefused else {
      view = .live
      return []
    }
    return startRace(preset)
  }

  /// Forgets a race on other data than those that are shown now.
  mutating func leaveRaceOfOtherData() {
    // Without a race on these data the view has nothing to show.
    if view == .race, askedRace != nil { awaitedRace = awaitedRace ?? .question }
    (race, askedRace, keptRace) = (nil, nil, nil)
  }
}
