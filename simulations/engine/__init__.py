"""The deal engine: values in, values out. It knows no framework, no clock, no disk and no chance but a seed.

loaded = load.load(text)                      scenario, or problems with their lines
checks.check(sc, loaded)                      what is wrong with it, in every flavour, with lines
truths.truths(sc) / with_truths(sc, stored)   what judgements should have been: worked out once, kept, read
sc = loaded.scenario.variant(seed, level)     the flavour and numeric variant of one attempt
events = decide.start(sc, seed)               the first events
st = apply.fold(events)                       the state they add up to
more = decide.decide(sc, st, command)         or refusing.Refused(code).sentence(lang)
view.view(sc, st, "broker", lang)             all that a seat may see, as JSON values; reading=True for bots
scoring.score(sc, st, overrides)              Score of Decimals; wire.plain() makes JSON of it
debrief.debrief(sc, st, lang)                 after the end: plot, missed facts, improvements
wire.stored_event / read_event / public_event an event to and from JSON, and as a trainee may see it
"""
