"""Source records become events and go to Kafka."""
