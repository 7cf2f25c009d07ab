"""The running bot: it starts, receives, answers, delivers, and ends with nothing half done."""
