public import ArgumentParser
public import ExperimentFiles

extension LawFormat: ExpressibleByArgument {}
