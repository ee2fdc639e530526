"""Work after the request. Knows no feature: who has work to do, registers for it."""
