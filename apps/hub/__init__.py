"""The processes of one hub: started, watched and stopped. Nothing here knows an event or a figure."""
