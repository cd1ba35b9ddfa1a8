import DropoutEngine
import Testing

@Suite("Built-in datasets of a seed") struct PinnedDatasetTests {
  /// The 64-bit FNV-1a hash of the scaled inputs, the targets and the split.
  ///
  /// > Source: Fowler, Noll, Vo 1991, The FNV Non-Cryptographic Hash Algorithm.
  private func fingerprint(_ dataset: Dataset) -> UInt64 {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    func mix(_ word: UInt32) {
      for shift in stride(from: 0 as UInt32, to: 32, by: 8) {
        hash = (hash ^ UInt64(word >> shift & 0xff)) &* 0x100_0000_01b3
      }
    }
    for example in 0..<dataset.count {
      dataset.inputs(of: example).forEach { mix($0.bitPattern) }
    }
    switch dataset.targets {
    case .classes(let classes): classes.forEach { mix(UInt32($0)) }
    case .values(let values): values.elements.forEach { mix($0.bitPattern) }
    }
    (dataset.trainingExamples + dataset.testExamples).forEach { mix(UInt32($0)) }
    return hash
  }

  /// The data that a seed stands for.
  ///
  /// A change of any of these must be listed in the changelog.
  static let pinned: [(BuiltInDataset, UInt64)] = [
    (.circle, 0x8e41_d406_c8b0_2d73), (.xor, 0x47da_717b_cfef_bbe3),
    (.gauss, 0xe258_685e_2775_54d3), (.spiral, 0x04e3_1975_26e4_695d),
    (.moons, 0xbb14_a1a6_091b_125e), (.plane, 0x38d9_71e8_e4a5_9074),
    (.multigauss, 0xab42_03bd_fe97_aed5), (.glyphs, 0x308f_4889_e1bb_0f70),
  ]

  @Test("have the very bits that they have always had", arguments: pinned)
  func bits(builtIn: BuiltInDataset, expected: UInt64) throws {
    let found = fingerprint(try builtIn.generate(ExperimentConfiguration()))
    #expect(found == expected, "\(builtIn.rawValue): now 0x\(String(found, radix: 16))")
  }

  @Test("are all pinned") func all() {
    #expect(Self.pinned.map(\.0) == BuiltInDataset.allCases)
  }
}
