import DropoutEngine

/// The checks of a race that was read, with the session that it is in.
struct SavedRaceCheck {
  private let race: SavedRace
  private let session: Session
  private let field: JSONField

  init(_ race: SavedRace, of session: Session, _ field: JSONField) {
    (self.race, self.session, self.field) = (race, session, field)
  }

  func check() throws(SavedFileError) {
    let fields = try field.object(SavedRace.fieldNames)
    let places = try fields["runners"].list()
    for (index, (runner, place)) in zip(race.runners, places).enumerated() {
      try check(runner, try place.object(SavedRace.Runner.fieldNames), isFirst: index == 0)
    }
    for (change, place) in zip(race.changes, try fields["changes"].list()) {
      try check(change, place)
    }
    try checkPlace(try fields["place"].object(SavedRace.Place.fieldNames))
  }

  private func check(
    _ runner: SavedRace.Runner, _ fields: JSONObject, isFirst: Bool
  ) throws(SavedFileError) {
    if isFirst, runner.isTwin {
      throw fields["isTwin"].error(.refused("is true, and there is no runner before this one"))
    }
    let start: ExperimentConfiguration
    do {
      start = try runner.configuration(beside: session.settings.experiment)
    } catch {
      throw fields["parameters"].error(.refused("is refused: \(error.description)"))
    }
    guard start.data == session.settings.experiment.data else {
      throw fields["parameters"].error(.refused("names other data than those of the session"))
    }
    for (name, factor) in [
      ("weightRateFactor", runner.weightRateFactor),
      ("weightEpsilonFactor", runner.weightEpsilonFactor),
    ] {
      try SessionCheck.check(factor, layers: start.hidden.count + 1, fields[name])
    }
    try SessionCheck.checkChanges(runner.given, from: start, fields["given"])
    try SessionCheck.checkChanges(runner.journal, from: start, fields["changes"])
  }

  private func check(_ change: SavedRace.Change, _ field: JSONField) throws(SavedFileError) {
    for taker in change.takers {
      guard race.runners.indices.contains(taker.runner) else {
        throw field.error(
          .refused("names runner \(taker.runner), and there are \(race.runners.count), from 0"))
      }
    }
  }

  private func checkPlace(_ fields: JSONObject) throws(SavedFileError) {
    let place = race.place
    guard place.step <= place.reached else {
      throw fields["step"].error(
        .refused("is step \(place.step), and the race reached \(place.reached)"))
    }
    guard place.runners.count == race.runners.count else {
      throw fields["runners"].error(
        .refused("has \(place.runners.count) places, and there are \(race.runners.count) runners"))
    }
    let fields = try fields["runners"].list()
    for ((runner, standing), field) in zip(zip(race.runners, place.runners), fields) {
      guard standing.step <= place.step else {
        throw field.error(
          .refused("is at step \(standing.step), and the race at step \(place.step)"))
      }
      try field.check(standing.changes, at: standing.step, of: runner.journal)
    }
  }
}
