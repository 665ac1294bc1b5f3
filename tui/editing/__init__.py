"""What an editor is busy with: values of one step, and how keys and mouse change them. It draws nothing."""
