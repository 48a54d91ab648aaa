"""Kildemose Kommune: an invented municipality (*opdigtet*), for tests, benchmarks, screenshots and demonstrations.

No such place, person, street or case exists. What happened there is written once, as facts and in our own words
(`written/`), and set by one generator into every format that Punktsvar reads, each with the noise of its kind. So what
should be read from any of the files is known exactly (`expected`).

    python -m tests.example FOLDER [--format NAME]…

`facts` the nouns · `written` what happened, read by `diary`, `cases`, `marks` and `loader` · `houses` how each case
system words and orders it · `sheets` an item as lines under headings, which every `render_*` module then sets, with
`noise` · `formats` all of them by name · `expected` what must be read · `comparing` where what was read differs.
"""
