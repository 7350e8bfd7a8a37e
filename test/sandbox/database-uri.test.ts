import { hostsOf, withDatabase, withOption } from '../../sandbox/database-uri.ts';

describe('withDatabase', () => {
  it('names a database on a bare server', () => {
    expect(withDatabase('mongodb://127.0.0.1:27017', 'desk')).toBe('mongodb://127.0.0.1:27017/desk');
  });

  it('replaces the name and keeps the hosts and options of a replica set', () => {
    expect(withDatabase('mongodb://a:1,b:2/old?replicaSet=rs', 'new')).toBe('mongodb://a:1,b:2/new?replicaSet=rs');
  });

  it('still looks the user up where it was', () => {
    expect(withDatabase('mongodb+srv://u:p%2F@host/old', 'new')).toBe('mongodb+srv://u:p%2F@host/new?authSource=old');
    expect(withDatabase('mongodb://u:p@host/old?authSource=admin', 'new')).toContain('/new?authSource=admin');
    expect(withDatabase('mongodb://u:p@host', 'new')).toBe('mongodb://u:p@host/new');
  });

  it('refuses what is no connection string without repeating it', () => {
    expect(() => withDatabase('http://u:secret@host', 'new')).toThrow(/^Cannot read MONGODB_URI(?!.*secret)/);
  });
});

describe('withOption', () => {
  it('adds an option, and leaves one that is set', () => {
    expect(withOption('mongodb://host', 'retryWrites', 'false')).toBe('mongodb://host/?retryWrites=false');
    expect(withOption('mongodb://host/?retryWrites=true', 'retryWrites', 'false')).toContain('retryWrites=true');
  });
});

describe('hostsOf', () => {
  it('shows no password', () => {
    expect(hostsOf('mongodb://u:p@a:1,b:2/desk?x=1')).toBe('a:1,b:2');
  });
});
