PORT ?= 8080

start:  ## the office in a browser, on this machine
	@instance/install.sh start
	@exec instance/start.sh $(PORT)

test:  ## all that is checked before a change is taken
	@instance/install.sh test
	@instance/test.sh

lint:  ## the contracts of the house
	@instance/install.sh start
	@instance/lint.sh

bench:  ## how fast, as ratios
	@instance/install.sh bench
	@.venv/bin/python -m benchmarks.run

.PHONY: start test lint bench
