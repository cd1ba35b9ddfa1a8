import DropoutEngine
import Explorer
import TerminalCells
import Testing

@Suite("The alarm says that the scaling is wrong, and nothing else") struct AlarmTests {
  /// The text and the roles of each place of a screen whose name begins in some way.
  private func places(
    _ state: ExplorerState, _ prefix: String
  ) -> [(text: String, roles: Set<Role>)] {
    let buffer = Screen.draw(state)
    return Screen.hitMap(state).places.filter { "\($0.place)".hasPrefix(prefix) }.map { _, area in
      var roles: Set<Role> = []
      var text = ""
      for y in area.y..<area.maxY {
        for x in area.x..<area.maxX where buffer[x, y].scalar != " " {
          roles.insert(buffer[x, y].style.foreground)
          text.unicodeScalars.append(buffer[x, y].scalar)
        }
      }
      return (text, roles)
    }
  }

  private func state(
    _ assignments: [(name: String, value: String)], key: String = "1"
  ) throws -> ExplorerState {
    var state = try ViewStates.pressed(key, assignments)
    (state.glyphs, state.size) = (.ascii, ScreenSize(columns: 120, rows: 40))
    return state
  }

  @Test("A ratio of the divergence alarms where nothing is scaled, and not what bends leave")
  func divergence() throws {
    let wrong = try places(state([]), "divergence/ratio/").filter { $0.text != "1.00" }
    #expect(!wrong.isEmpty && wrong.allSatisfy { $0.roles == [.alarm] }, "\(wrong)")
    for scaling in ["classic", "inverted"] {
      let right = try places(state([("scaling", scaling)]), "divergence/ratio/")
      #expect(right.contains { $0.text != "1.00" }, "\(right): nothing was left by bends")
      #expect(right.allSatisfy { !$0.roles.contains(.alarm) }, "\(right)")
    }
  }

  @Test("Over depth the alarm stands in the rows of scalings that are wrong for these units alone")
  func depth() throws {
    /// The scalings in whose rows an alarm stands.
    func alarmed(_ keep: String) throws -> Set<String> {
      let state = try state([("keep", keep)], key: "2")
      let buffer = Screen.draw(state)
      let map = Screen.hitMap(state)
      var found: Set<String> = []
      for scaling in Scaling.allCases {
        let name = "depth/\(scaling.rawValue)"
        let row = try #require(map.places.first { "\($0.place)" == name }?.area.y)
        let ratios = map.places.filter {
          "\($0.place)".hasPrefix("depth/ratio") && $0.area.y == row
        }
        #expect(!ratios.isEmpty)
        for (_, area) in ratios where buffer[area.maxX - 1, row].style.foreground == .alarm {
          found.insert(scaling.rawValue)
        }
      }
      return found
    }
    #expect(try alarmed("0.5") == ["off", "double"])
    #expect(try alarmed("0.8") == ["off", "double", "swapped", "inverse-drop"])
  }

  @Test("A bug that is none at this keep is said to be the same") func swapped() throws {
    for (keep, isSame) in [("0.5", true), ("0.8", false)] {
      for (columns, rows) in [(80, 24), (120, 40)] {
        var state = try state([("keep", keep)], key: "2")
        state.size = ScreenSize(columns: columns, rows: rows)
        let row = try #require(Screen.draw(state).plainRows.first { $0.contains("swapped") })
        #expect(row.contains("swapped, at .50") == isSame, "\(row)")
        #expect(row.contains(" same ") == isSame && row.contains(" bug ") != isSame, "\(row)")
      }
    }
  }

  @Test("The large number of an output is no alarm after a right scaling, of a wrong one it is")
  func hero() throws {
    for (scaling, isAlarm) in [("off", true), ("classic", false), ("inverted", false)] {
      for key in ["1", "2"] {
        var state = try state([("scaling", scaling)], key: key)
        state.selection = Selection(layer: 2, unit: 0)
        if key == "2" {
          var person = try Person([("scaling", scaling)], steps: 60)
          person.press("2", .right)
          person.training.measureSubject()
          person.perform([])
          state = person.state
          #expect(state.selection.layer == 2)
        }
        let hero = try #require(places(state, "hero").first, "\(scaling) in view \(key)")
        #expect(hero.roles.contains(.alarm) == isAlarm, "\(scaling) in view \(key): \(hero.roles)")
      }
    }
  }

  @Test(
    "A mask that is the same for good has no right scaling, nor has a test pass that masks",
    arguments: [("mask-sharing", "fixed"), ("test-pass", "masked")])
  func other(name: String, value: String) throws {
    var state = try state([("scaling", "inverted"), (name, value)])
    state.selection = Selection(layer: 1, unit: 0)
    let ratio = places(state, "sums/ratio/1").first { $0.text.contains(".") }
    #expect(ratio?.roles == [.alarm], "\(String(describing: ratio))")
  }
}
