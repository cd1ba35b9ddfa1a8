/// A setting that is one of a few named values, as they are written on the command line.
///
/// The raw value is the name; the order of `allCases` is the order in which help lists them, and the
/// first one is the default.
public protocol NamedChoice: RawRepresentable, CaseIterable, Equatable, Hashable, Sendable
where RawValue == String {}
