"""The lab: real mail servers and a real name server, each in its own namespaces with a throw-away root."""
